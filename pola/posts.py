"""When a post passes to somebody else, requests and agreements pass with it."""

from organization.posts import follow
from pola.operations.succession import pass_to_posts

follow(pass_to_posts)
