"""What every test stands on: the database, a media folder of its own, the browser."""

import shutil
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings

from tests import migrated

pytest_plugins = ["tests.browser", "tests.bergamo"]

# Nothing is timed: what an example takes says how busy the machine is.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

PAGES = {"client", "rf"}  # fixtures of what asks the application for a page


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--on-database",
        action="store_true",
        help="only the tests that ask the database: the others would say the same on another one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what opens the browser and what asks for pages; leave out what asks no database, when
    told to."""
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        elif PAGES & set(item.fixturenames):
            item.add_marker(pytest.mark.page)
    if config.getoption("--on-database"):
        kept = [item for item in items if asks_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def asks_database(item: pytest.Item) -> bool:
    """The test has the right to reach the database."""
    reaching = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or reaching & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory, pytestconfig
) -> None:
    """SQLite in a file, as it is served: in memory, threads would share one connection.

    It starts from the database that another run migrated with the same migrations, if there is one.
    """
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)
        if (kept := migrated.kept_file(pytestconfig)).exists():
            shutil.copyfile(kept, file)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file of SQLite is not asked for, nor deleted: it goes with the folder of the run."""
    return bool(connection.vendor == "sqlite")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Files written by a test vanish with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
