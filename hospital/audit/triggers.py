"""The trigger that keeps every version of a row."""

import pgtrigger


class KeepVersions(pgtrigger.Trigger):
    """Copies the row before and after each change into `audit_version`, with the actor of the transaction.

    Columns listed in `hidden` (secrets) are left out of the copy.
    """

    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def __init__(self, *, name: str = "keep_versions", hidden: tuple[str, ...] = ()) -> None:
        self._hidden = hidden
        super().__init__(name=name)

    def get_func(self, model: object) -> str:
        """The body of the trigger function."""
        minus = "".join(f" - '{column}'" for column in self._hidden)
        return f"""
            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)
            VALUES (
                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,
                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD){minus} END,
                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW){minus} END,
                COALESCE(current_setting('imc.actor', true), ''));
            RETURN NULL;
        """  # noqa: S608 - the columns are named in the code


class AppendOnly(pgtrigger.Trigger):
    """Refuses every change and deletion of a row."""

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self, *, name: str = "append_only") -> None:
        super().__init__(name=name)

    def get_func(self, model: object) -> str:
        """The body of the trigger function."""
        return """
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        """
