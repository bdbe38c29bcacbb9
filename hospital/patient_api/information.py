"""/api/hospital, articles, campus, department and doctor pages, pictures (A02, W20, A15): public, kept by their tag."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view
from pydantic import Field

from hospital.campuses.api import (
    get_campus,
    get_clinician,
    get_department,
    list_clinicians,
    list_floors,
)
from hospital.campuses.types import CampusCard
from hospital.kernel.types import BilingualText
from hospital.patient_api.articles import article_card, article_out
from hospital.patient_api.directory import campus_out, department_out, doctors_out
from hospital.patient_api.information_schemas import (
    ArticleOut,
    ArticlePage,
    CampusPage,
    DepartmentPage,
    DoctorPage,
    FloorOut,
    RoomOut,
)
from hospital.patient_api.reading import for_everyone
from hospital.patient_api.schemas import Line
from hospital.patient_api.texts import text
from hospital.publications.api import count_shown, get_picture, get_shown, get_shown_of, list_shown
from hospital.publications.errors import UnknownArticle
from hospital.publications.types import ArticleKind, Audience

router = Router(tags=["Hospital information"], auth=None)
PAGE = 20
Words = Annotated[Line, Field(max_length=100)]
Kind = Literal["announcement", "guide", "help"]
Reader = Literal["", "everyone", "overseas", "families"]
_NOTHING = BilingualText("")


@router.get("/hospital", response=ArticleOut, summary="The hospital")
@decorate_view(for_everyone)
def read_hospital(request: HttpRequest) -> ArticleOut:
    """What the hospital says about itself. Refusals: `unknown_article`."""
    article = get_shown_of(now=timezone.now(), kind=ArticleKind.HOSPITAL)
    if article is None:
        raise UnknownArticle
    return article_out(request, article)


@router.get("/articles", response=ArticlePage, summary="Announcements, guides, help topics")
@decorate_view(for_everyone)
def read_articles(
    request: HttpRequest,
    kind: Kind,
    campus: Words = "",
    audience: Reader = "",
    q: Words = "",
    page: Annotated[int, Field(ge=1, le=1000)] = 1,
) -> ArticlePage:
    """What is shown now, 20 a page: pinned first, then by place, the newest first. `campus` adds what is said of the
    whole hospital, `audience` what is for everyone; each word of `q` is found in one of the languages."""
    now = timezone.now()
    asked = ArticleKind(kind.upper())
    reader = Audience(audience.upper()) if audience else None
    count = count_shown(now=now, kind=asked, campus_code=campus, audience=reader, text=q)
    rows = list_shown(
        now=now, kind=asked, campus_code=campus, audience=reader, text=q, offset=(page - 1) * PAGE, limit=PAGE
    )
    return ArticlePage(
        items=[article_card(row) for row in rows], page=page, pages=max(1, -(-count // PAGE)), count=count
    )


@router.get("/articles/{kind}/{slug}", response=ArticleOut, summary="One announcement, guide or help topic")
@decorate_view(for_everyone)
def read_article(request: HttpRequest, kind: Kind, slug: Words) -> ArticleOut:
    """Refusals: `unknown_article`, also for one that is not shown yet or any more."""
    return article_out(request, get_shown(now=timezone.now(), kind=ArticleKind(kind.upper()), slug=slug))


@router.get("/campuses/{code}", response=CampusPage, summary="One campus")
@decorate_view(for_everyone)
def read_campus(request: HttpRequest, code: Words) -> CampusPage:
    """Address, place on the map, hours, emergency entrance, floors. Refusals: `unknown_campus`."""
    campus = get_campus(code=code)
    article = get_shown_of(now=timezone.now(), kind=ArticleKind.CAMPUS, campus_code=code)
    numbers = article.content.numbers if article else {}
    texts = article.content.texts if article else {}
    return CampusPage(
        campus=campus_out(campus),
        latitude=numbers.get("latitude", ""),
        longitude=numbers.get("longitude", ""),
        hours=text(texts.get("hours", _NOTHING)),
        emergency=text(texts.get("emergency", _NOTHING)),
        floors=[
            FloorOut(
                floor=row.floor,
                departments=[department_out(each) for each in row.departments],
                rooms=[
                    RoomOut(name=text(each.name), department=text(each.department) if each.department else None)
                    for each in row.rooms
                ],
            )
            for row in list_floors(campus_code=code)
        ],
        article=article_out(request, article) if article else None,
    )


@router.get("/departments/{uuid:department_id}", response=DepartmentPage, summary="One department")
@decorate_view(for_everyone)
def read_department(request: HttpRequest, department_id: UUID) -> DepartmentPage:
    """Refusals: `unknown_department`."""
    now = timezone.now()
    department = get_department(department_id=department_id)
    article = get_shown_of(now=now, kind=ArticleKind.DEPARTMENT, department_id=department_id)
    return DepartmentPage(
        department=department_out(department),
        campus=campus_out(get_campus(code=department.campus_code)),
        doctors=doctors_out(list_clinicians(department_id=department_id), now=now),
        article=article_out(request, article) if article else None,
    )


@router.get("/doctors/{uuid:doctor_id}/profile", response=DoctorPage, summary="A doctor's page")
@decorate_view(for_everyone)
def read_doctor_page(request: HttpRequest, doctor_id: UUID) -> DoctorPage:
    """Portrait, languages spoken, expertise, education. Refusals: `unknown_clinician`."""
    now = timezone.now()
    doctor = get_clinician(clinician_id=doctor_id)
    campus: CampusCard = get_campus(code=doctor.department.campus_code)
    article = get_shown_of(now=now, kind=ArticleKind.DOCTOR, clinician_id=doctor_id)
    (card,) = doctors_out([doctor], now=now)
    return DoctorPage(
        id=doctor.id,
        doctor=card,
        campus=campus_out(campus),
        portrait=card.portrait,
        portrait_alt=text(article.content.picture_alt if article else _NOTHING),
        education=text(article.content.texts.get("education", _NOTHING) if article else _NOTHING),
        article=article_out(request, article) if article else None,
    )


@router.get("/pictures/{uuid:picture_id}", response={200: None}, summary="A picture")
def read_picture(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    """The picture itself; it never changes. Refusals: `unknown_picture`."""
    picture = get_picture(picture_id=picture_id)
    response = HttpResponse(picture.data, content_type=picture.media_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["ETag"] = f'"{picture.id}"'
    return response
