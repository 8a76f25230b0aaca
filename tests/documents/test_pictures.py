"""Pictures that people upload: what is taken, what is refused, what stays behind."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from documents.pictures import LARGEST_FILE, LONGEST_SIDE, inspected


def file(image: Image.Image, kind: str, **options) -> BytesIO:
    content = BytesIO()
    image.save(content, kind, **options)
    content.seek(0)
    return content


def taken(content: BytesIO):
    return inspected(content, size=len(content.getvalue()))


@pytest.mark.parametrize(
    ("kind", "mode", "suffix", "written"),
    [
        ("PNG", "RGB", ".png", "RGB"),
        ("PNG", "RGBA", ".png", "RGBA"),
        ("PNG", "LA", ".png", "RGBA"),
        ("PNG", "I;16", ".png", "RGB"),
        ("GIF", "P", ".png", "RGB"),
        ("WEBP", "RGB", ".png", "RGB"),
        ("JPEG", "RGB", ".jpg", "RGB"),
        ("JPEG", "L", ".jpg", "L"),
        ("JPEG", "CMYK", ".jpg", "RGB"),
    ],
)
def test_a_picture_is_written_anew(kind, mode, suffix, written):
    picture = taken(file(Image.new(mode, (30, 20)), kind))

    again = Image.open(BytesIO(picture.content))
    assert (picture.suffix, picture.width, picture.height) == (suffix, 30, 20)
    assert (again.mode, again.size) == (written, (30, 20))


def test_what_hides_in_a_picture_stays_behind():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "segreto")
    exif = Image.Exif()
    exif[0x010F] = "segreto"
    exif[0x0112] = 6  # turned by a quarter

    plain = taken(file(Image.new("RGB", (30, 20)), "PNG", pnginfo=words))
    turned = taken(file(Image.new("RGB", (30, 20)), "JPEG", exif=exif))

    assert (b"segreto" in plain.content, b"segreto" in turned.content) == (False, False)
    assert (turned.width, turned.height) == (20, 30)


def test_the_same_picture_has_the_same_name():
    pictures = [taken(file(Image.new("RGB", (30, 20)), "PNG")) for _time in range(2)]

    assert pictures[0].sha256 == pictures[1].sha256


def test_a_large_picture_is_made_as_large_as_paper_shows():
    picture = taken(file(Image.new("L", (LONGEST_SIDE * 2, 100)), "PNG"))

    assert (picture.width, picture.height) == (LONGEST_SIDE, 50)


def refusal(content: BytesIO, size: int = 1) -> str:
    with pytest.raises(ValidationError) as error:
        inspected(content, size=size)
    return error.value.code


def test_what_is_refused():
    svg = BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    cut = BytesIO(file(Image.new("RGB", (300, 200), "red"), "JPEG").getvalue()[:300])
    bmp = file(Image.new("RGB", (3, 2)), "BMP")
    huge = file(Image.new("1", (10_000, 5_001)), "PNG")
    bomb = file(Image.new("1", (20_000, 20_000)), "PNG")

    assert [refusal(one) for one in (svg, cut, bmp, BytesIO(b""), huge, bomb)] == [
        "format",
        "format",
        "format",
        "format",
        "pixels",
        "format",
    ]
    assert refusal(BytesIO(b""), size=LARGEST_FILE + 1) == "size"
