"""Stories as readers see them: entities and outlets by the names that the desk's readers know."""

from msgspec import structs

from monitor import model
from monitor.desk import Desk
from monitor.pipeline import judging


def with_names(desk: Desk, view: model.StoryView) -> model.StoryView:
    """Put the names of entities as people know them, in the reader's language where he has one.

    Copies get the labels of their feeds.
    """
    labels = desk.labels
    copies = [structs.replace(copy, label=labels.get(copy.feed, "")) for copy in view.copies]
    language = desk.config.monitor.reader_language
    names = (desk.rulebook.entity_name(id_, language or view.language) for id_ in view.entities)
    gloss: dict[str, str] = {}
    if language and not view.language.startswith(language):
        headline = model.Article(title=view.headline, language=view.language)
        for mention in judging.mentions(desk.rulebook, headline, view.first_seen):
            told = desk.rulebook.entity_name(mention.entity, language)
            if told not in (mention.words, mention.entity):
                gloss.setdefault(mention.words, told)
    return structs.replace(
        view,
        copies=tuple(copies) if labels else view.copies,
        entities=tuple(dict.fromkeys(names)),
        gloss=tuple(gloss.items()),
    )
