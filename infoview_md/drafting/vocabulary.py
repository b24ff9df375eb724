"""The words and signs that proofreading looks for, in English. Only tables; judges nothing."""

import re

__all__ = ["ATTACHED", "CONTROL", "DOCUMENT", "JOB", "MARK", "NOT", "POLITE", "QUESTION", "RESUME", "SENTENCE"]

MARK = re.compile(
    r"\{\{.{0,200}?\}\}|\{[%#].{0,200}?[%#]\}|<%.{0,200}?%>|\{\{|<%|(?:==)?✎"
    r"|(?<!\[)\[(?:your|their|the|insert|first|last|name|company|organi[sz]ation|position|role|field|date|topic|xx+)\b"
    r"[^\[\]\n]{0,60}\](?![\[(:])"
    r"|<(?:name|your [^<>\n]{1,40})>|\b(?:TODO|TBD|XXX+)\b",
    re.IGNORECASE,
)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
JOB = re.compile(
    r"\b(?:jobs?|job[- ](?:search|hunt)\w*|hir(?:e|es|ed|ing)|vacanc(?:y|ies)|recruit\w*|employment|internships?)\b",
    re.IGNORECASE,
)
RESUME = re.compile(r"\b(?:r[eé]sum[eé]s?|CVs?|curriculum vitae)\b", re.IGNORECASE)
ATTACHED = re.compile(r"\b(?:attach\w*|enclos\w*|append\w*|please find)\b", re.IGNORECASE)
NOT = re.compile(r"\b(?:no|not|without|never)\b|n['\u2019]t\b", re.IGNORECASE)
DOCUMENT = re.compile(r"!\[\[([^\[\]|#\n]+\.(?:pdf|docx?|odt|rtf|pages))\b", re.IGNORECASE)
QUESTION = re.compile("[?\u037e\u055e\u061f\uff1f]")
SENTENCE = re.compile(r"[^.!?\n]+(?:\n[^.!?\n]+)*")

_POLITE = """
able about again agree agreed all also always and answer answers appreciate appreciated are been being best both but
call career chat conversation could day dear did discuss discussing each enjoyed every everything experience
experiences feel field for forward found from future gave generous generously get giving glad good grateful great had
has have hear hearing hello help helped helpful hope how idea ideas incredibly industry informative insight insightful
insights interesting interview into its just keep kind kindly know learn learned learning learnt let like look looking
lot lots made make many meant meet meeting more most much need next not now of one opportunity other our out over
people please pleasure plenty really regards role see share shared sharing should sincerely so soon speak speaking
spending spent stay such take taken taking talk talked talking tell than thank thankful thanks that the their them
there these they thing things think this those thought thoughts time to today together told touch truly useful
valuable very was way week well were what when where which who will wish with wonder wonderful work would yesterday
you your yours yourself
"""
POLITE = frozenset(_POLITE.split())
"""Words that could stand in a thank-you for any conversation."""
