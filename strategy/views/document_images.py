"""Pictures of the document: brought in by planning, shown to whoever may read the plan."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organization.http import AuthenticatedHttpRequest
from strategy.forms.document import PictureForm
from strategy.models import PerformanceReport, Plan, SectionImage
from strategy.operations.document_images import add_picture
from strategy.views.loaders import edits_plan

# What the names of pictures may end with, and nothing else: see documents.pictures.
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
YEAR = 365 * 24 * 3600


@require_POST
@edits_plan
def picture_add(request: AuthenticatedHttpRequest, plan: Plan) -> JsonResponse:
    """Keep a picture of the plan's document."""
    return add_to(plan, request)


def add_to(document: Plan | PerformanceReport, request: AuthenticatedHttpRequest) -> JsonResponse:
    """Keep a picture and answer its address and its words; what is wrong is said by field."""
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"problems": form.errors})
    try:
        image = add_picture(
            document,
            upload=form.cleaned_data["file"],
            alt=form.cleaned_data["alt"],
            by=request.user,
        )
    except ValidationError as error:
        return JsonResponse({"problems": {"file": error.messages}})
    return JsonResponse({"src": image.file.url, "alt": image.alt})


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of a plan that the person may read; its name is that of its content."""
    images = SectionImage.objects.visible_to(request.user)
    image = images.filter(file=f"sections/{name}").first()
    content_type = CONTENT_TYPES.get(name.rpartition(".")[2])
    if image is None or content_type is None:
        raise Http404
    try:
        content = image.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file of this picture is not there.")) from error
    answer = FileResponse(content, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return answer
