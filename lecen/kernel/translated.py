"""Text that exists in several languages: what people wrote, and how far each language can be trusted.

One language is the source. When it changes, the others are stale until somebody has looked at them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class TranslationState(models.TextChoices):
    WRITTEN = "written", _("Written")
    CHECKED = "checked", _("Checked by a second person")
    STALE = "stale", _("The original changed since")


@dataclass(frozen=True, slots=True)
class Translation:
    """The text in one language and its state."""

    text: str
    state: TranslationState = TranslationState.WRITTEN


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A text in one or more languages; `str()` gives it in the active one. False where nothing is written."""

    source: str = ""
    translations: tuple[tuple[str, Translation], ...] = ()

    @classmethod
    def of(cls, *, source: str = "", **texts: str) -> Self:
        """`TranslatedText.of(en="Coffee", es="Café")`; the first language written is the source unless named."""
        written = tuple((language, Translation(text.strip())) for language, text in texts.items() if text.strip())
        languages = [language for language, _translation in written]
        return cls(source=source if source in languages else next(iter(languages), ""), translations=written)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        texts = value.get("texts", {})
        return cls(
            source=value.get("source", ""),
            translations=tuple(
                (language, Translation(entry["text"], TranslationState(entry["state"])))
                for language, entry in texts.items()
            ),
        )

    def as_json(self) -> dict[str, Any]:
        texts = {language: {"text": entry.text, "state": entry.state.value} for language, entry in self.translations}
        return {"source": self.source, "texts": texts} if texts else {}

    def __bool__(self) -> bool:
        return bool(self.translations)

    def __str__(self) -> str:
        return self.in_language(get_language() or settings.LANGUAGE_CODE)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language, _translation in self.translations)

    def language_shown(self, language: str, fallback: str | None = None) -> str:
        """The language in which a reader of `language` gets this: for the `lang` attribute; empty if none."""
        for candidate in (language, language.partition("-")[0], fallback, self.source):
            if candidate in self.languages:
                return candidate
        return next(iter(self.languages), "")

    def in_language(self, language: str, fallback: str | None = None) -> str:
        """The text in `language`, else in `fallback`, else in the source language; empty if nothing is written."""
        entry = dict(self.translations).get(self.language_shown(language, fallback))
        return entry.text if entry else ""

    def state_in(self, language: str) -> TranslationState | None:
        """The state of exactly this language; None where it is missing."""
        entry = dict(self.translations).get(language)
        return entry.state if entry else None

    def revised(self, new: Self) -> Self:
        """The text after an edit that left it as `new`: where the source changed, what was left alone is stale."""
        if not self.translations or self.source not in new.languages:
            return new
        before, after = dict(self.translations), dict(new.translations)
        source_changed = before[self.source].text != after[self.source].text
        return replace(
            self,
            translations=tuple(
                (language, self._state_after(before.get(language), entry, source_changed=source_changed))
                for language, entry in after.items()
            ),
        )

    def _state_after(self, before: Translation | None, after: Translation, *, source_changed: bool) -> Translation:
        if before is None or before.text != after.text:
            return after
        return replace(before, state=TranslationState.STALE) if source_changed else before

    def checked(self, language: str) -> Self:
        """The text with `language` marked as checked against the source by a second person."""
        return replace(
            self,
            translations=tuple(
                (code, replace(entry, state=TranslationState.CHECKED) if code == language else entry)
                for code, entry in self.translations
            ),
        )


class TranslatedWidget(forms.MultiWidget):
    """One box a language, each with its `label`, `language` and `lang` attribute."""

    template_name = "forms/translated.html"
    use_fieldset = True

    def __init__(self, *, multiline: bool = False, attrs: dict[str, Any] | None = None) -> None:
        box = forms.Textarea if multiline else forms.TextInput
        self.multiline = multiline
        super().__init__({code: box({"lang": code}) for code, _name in settings.LANGUAGES}, attrs)

    def decompress(self, value: TranslatedText | None) -> list[str]:
        texts = dict(value.translations) if value else {}
        return [texts[code].text if code in texts else "" for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        states = value if isinstance(value, TranslatedText) else TranslatedText()
        for box, (code, label) in zip(context["widget"]["subwidgets"], settings.LANGUAGES, strict=True):
            # A MultiWidget numbers the ids; the name says more, and error links point to it.
            box["attrs"]["id"] = f"id_{box['name']}"
            box |= {"language": code, "label": str(label), "state": states.state_in(code)}
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002 - Django's signature
        return f"{id_}_{settings.LANGUAGES[0][0]}" if id_ else id_


class TranslatedFormField(forms.MultiValueField):
    """A text asked for in each language of the site; where required, any one language is enough."""

    default_error_messages = {"required": _("Write this in at least one language.")}

    def __init__(self, *, max_length: int | None = None, multiline: bool = False, **options: Any) -> None:
        options.setdefault("widget", TranslatedWidget(multiline=multiline))
        fields = [forms.CharField(required=False, max_length=max_length) for _language in settings.LANGUAGES]
        super().__init__(fields, require_all_fields=False, **options)

    def clean(self, value: Any) -> TranslatedText:
        # Spaces alone are nothing written; Django looks before it strips.
        return super().clean([text.strip() if text else "" for text in value or []]) or TranslatedText()

    def compress(self, data_list: list[str]) -> TranslatedText:
        texts = {code: text or "" for (code, _name), text in zip(settings.LANGUAGES, data_list, strict=False)}
        return TranslatedText.of(source=(get_language() or "").partition("-")[0], **texts)


class TranslatedField(models.JSONField):
    """A `TranslatedText` kept as JSON. `max_length` holds in each language; `multiline` asks for larger boxes."""

    description = _("Text in several languages")

    def __init__(self, *arguments: Any, multiline: bool = False, **options: Any) -> None:
        self.multiline = multiline
        options.setdefault("default", TranslatedText)
        super().__init__(*arguments, **options)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        if self.multiline:
            options["multiline"] = True
        return name, path, arguments, options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        loaded = super().from_db_value(value, expression, connection)
        if isinstance(expression, KeyTransform) or loaded is None:
            return loaded
        return TranslatedText.from_json(loaded)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.as_json() if isinstance(value, TranslatedText) else value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value:
            value = json.loads(value)
        if value is None or isinstance(value, TranslatedText):
            return value
        return TranslatedText.from_json(value or {})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        super().validate(value.as_json() if value else {"source": ""}, model_instance)
        longest = max((len(entry.text) for _language, entry in value.translations), default=0) if value else 0
        if self.max_length is not None and longest > self.max_length:
            message = gettext("Use at most %(limit)d characters in each language.") % {"limit": self.max_length}
            raise ValidationError(message, code="max_length")

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.get_prep_value(self.value_from_object(obj)), ensure_ascii=False)

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        current = self.value_from_object(instance)
        super().save_form_data(instance, current.revised(data) if current and data else data)

    def formfield(self, **options: Any) -> Any:
        options.pop("choices_form_class", None)
        options.pop("form_class", None)
        return models.Field.formfield(
            self, form_class=TranslatedFormField, max_length=self.max_length, multiline=self.multiline, **options
        )
