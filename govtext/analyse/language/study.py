"""Where cutting into words meets the analysis of wording: the tables of a study -> its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import corpus, language
from govtext.core.near import demand
from govtext.extract import words

if TYPE_CHECKING:
    import pandas as pd

    from govtext.analyse.language.keyness import Value
    from govtext.pipeline.tables import Study


__all__ = [
    "collocations", "dispersion", "keyness", "quantification", "readability",
]  # fmt: skip


def keyness(
    study: Study,
    target: Value,
    reference: Value | None = None,
    *,
    by: str = "part",
    min_count: int = 5,
    permutations: int = 999,
) -> pd.DataFrame:
    """Words that tell two groups of reports, or two parts of the reports, apart.

    The cells of statistics tables, numbers and punctuation are left out, and reports that repeat
    another. Words of grammar stay: they tell of style, and the prior of z holds them down.

    Parameters
    ----------
    study : Study
        As `load` gives.
    target, reference : value or collection of values
        Of the column `by`: ``"problems"``, ``2014``, ``range(2008, 2014)``. Without a reference
        it is all the rest whose value is known.
    by : str, default "part"
        ``part``, ``period`` (that of the official forms, `rules/periods.csv`), ``year``, ``form``,
        ``admin_level``, ``government_level``, ``province``, ``prefecture``, ``issuer`` or
        ``report_id``.
    min_count : int, default 5
        Fewest times that a word stands in both groups together.
    permutations : int, default 999
        How often the names of the groups are dealt out anew; no `p_permuted` is below
        ``1 / (permutations + 1)``.

    Returns
    -------
    pandas.DataFrame
        A row a word, the target's first: by, target, reference, word; n_target, n_reference;
        per_million_target, per_million_reference; log_likelihood, p, p_adjusted; log_ratio,
        percent_difference; log_odds, z; p_permuted, p_permuted_adjusted; reports_target,
        reports_reference (reports that hold the word); dp, dp_norm (its spread over the reports of
        the target); reason (why there is no `p_permuted`, else empty). A single row without a
        word, with the reason, where no report of the study has the part or the period asked for.

    Raises
    ------
    ValueError
        If `by` is none of these, a group is empty, or the groups overlap; it names what there is.

    Notes
    -----
    Formulas, ranges and sources: `language.association.log_likelihood`, `log_ratio`,
    `percent_difference` and `log_odds`, and `language.deviation`. The prior of `log_odds` is the
    word's share of the whole study times the words of its mean report. `p` is that of
    `log_likelihood`; it takes words as drawn one by one. They are not: a report repeats its words,
    so that `p` is too small by far, the more so the longer the reports [1]_. `p_permuted` does not
    assume it: its statistic is the difference between the mean relative frequencies of the reports
    of either group, each report counting the same, and p = (b + 1) / (m + 1) [2]_, b of m
    permutations with one as large in either direction. Reports are dealt to the groups anew, whole;
    with ``by="part"`` the parts of a report are swapped or not, in reports that have both. It is
    null where there are fewer than 40 ways to do so (6 reports with both parts are enough). It
    assumes that any report could have been in either group: reports of one body over years, or
    of one province, are alike, and then it is too small as well. Both are adjusted over the words
    tested, by the false discovery rate [3]_.

    References
    ----------
    .. [1] Lijffijt, J., Nevalainen, T., Säily, T., Papapetrou, P., Puolamäki, K. and Mannila, H.
       (2016). Significance testing of word frequencies in corpora. Digital Scholarship in the
       Humanities 31(2), 374-397.
    .. [2] Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero.
       Statistical Applications in Genetics and Molecular Biology 9(1), article 39.
    .. [3] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of
       the Royal Statistical Society B 57(1), 289-300.
    """
    counts = language.count(study, words.tokenize, by_part=by == "part")
    columns = sorted({"report_id", "year", by} - {"part", "period"})
    reports = study.read("reports", columns) if by in language.BY else study.reports
    nothing = language.absent(counts, reports, target, reference, by)
    if nothing is not None:
        return nothing
    compared = language.groups(counts, reports, target, reference, by)
    return language.keyness(compared, min_count=min_count, permutations=permutations)


def dispersion(study: Study, *, min_count: int = 5) -> pd.DataFrame:
    """How evenly each word of the prose is spread over the reports, the most frequent first.

    Returns
    -------
    pandas.DataFrame
        word, n, per_million, n_reports, dp and dp_norm, both from 0 (even) to 1 (in one report);
        see `language.deviation`. A word with a high value is a report's own, whatever its count.
    """
    counts = language.count(study, words.tokenize, by_part=False)
    return language.dispersion(counts, min_count=min_count)


def collocations(
    study: Study, node: str | None = None, *, window: int = 1, min_count: int = 5
) -> pd.DataFrame:
    """Pairs of words that stand together more often than by chance, the surest first.

    All the prose is cut into words anew, which takes about as long as reading it did.

    Parameters
    ----------
    study : Study
        As `load` gives.
    node : str, optional
        A word, as it is cut; only pairs with it are given.
    window : int, default 1
        Farthest the second word stands behind the first; 1 for neighbours. A pair never crosses
        the end of a sentence, and a mark or number between two words takes a place.
    min_count : int, default 5
        Fewest times that a pair stands in the study.

    Returns
    -------
    pandas.DataFrame
        first, second, n, n_first, n_second (pairs that the word is first or second of),
        n_reports, expected, log_likelihood, pmi, npmi, t_score, log_dice. Pairs with a word of
        grammar (`rules/stopwords.csv`) count in the margins and are not listed.

    Notes
    -----
    Formulas, ranges and sources: `language.association`. With N pairs in all, expected = n_first
    n_second / N. None is a test: pairs overlap, and reports repeat phrases. A pair of one report
    (`n_reports`) is that report's phrase. A term of the domain dictionary (`rules/terms.csv`) is
    one word, and no pair.
    """
    found = language.prose(study)
    return language.collocations(
        found, words.tokenize, node=node, window=window, min_count=min_count
    )


def readability(study: Study) -> pd.DataFrame:
    """How long the sentences and clauses of each report are, and how varied its words.

    Of sentences that end with one of 。；！？ outside of statistics tables: headings, labels and
    signatures do not count. Reports that repeat another are left out. There is no single score:
    formulas that grade Chinese texts were fitted to schoolbooks, and none to official prose.

    Returns
    -------
    pandas.DataFrame
        A row a report: report_id, year, issuer, labels; n_sentences, n_clauses, n_words, n_chars;
        chars_per_sentence with its bounds (_low, _high), chars_per_clause, clauses_per_sentence,
        words_per_sentence, chars_per_word; mattr, 0 to 1, null under 100 words
        (`language.mattr`). Null for a report without such a sentence.

    Notes
    -----
    Lengths are means; a character is a letter, a Chinese character or a digit, a word what jieba
    cuts with one of these in it. A clause ends at a comma, semicolon or colon [1]_, so that a list
    with commas makes clauses short. Lengths of sentences and of words are among the features by
    which Chinese texts are graded [2]_. Bounds: 95% percentile bootstrap over the
    sentences of the report, 1,000 samples, seeded; it takes sentences as exchangeable, and says how
    sure the mean of this text's manner is, nothing of other reports.

    References
    ----------
    .. [1] GB/T 15834-2011, 标点符号用法 (General rules for punctuation).
    .. [2] Sung, Y.-T., Chang, T.-H., Lin, W.-C., Hsieh, K.-S. and Chang, K.-E. (2016). CRIE: an
       automated analyzer for Chinese texts. Behavior Research Methods 48(4), 1238-1251.
    """
    found = language.readability(language.prose(study), words.tokenize)
    return corpus.of_reports(study, found)


def quantification(study: Study, by: str = "part") -> pd.DataFrame:
    """How far the prose says it with numbers: sentences with a quantity, and their density.

    Parameters
    ----------
    study : Study
        As `load` gives.
    by : {"part", "report_id"}
        What to group the sentences by.

    Returns
    -------
    pandas.DataFrame
        `by` (with the labels of the reports where they are the groups), n_sentences,
        n_quantified, n_chars, n_quantities, share (of the sentences that end with 。；！？, 0 to 1)
        with its bounds, per_1000 (quantities per 1,000 characters).

    Raises
    ------
    ValueError
        If `by` is neither.

    Notes
    -----
    share = sentences with a numeral and its unit (`Study.quantities`; no dates) / sentences. It is
    the numeric side of what is called specificity, the share of words that name amounts, dates,
    places or bodies [1]_; the density follows the measure of hard information [2]_. Cells of
    statistics tables do not count. A number can be beside the point: read it with the sentences.
    Bounds: 95% Wilson interval; it takes sentences as independent and is too narrow, the more so
    where several reports are in a group.

    References
    ----------
    .. [1] Hope, O.-K., Hu, D. and Lu, H. (2016). The benefits of specific risk-factor disclosures.
       Review of Accounting Studies 21(4), 1005-1045.
    .. [2] Dyer, T., Lang, M. and Stice-Lawrence, L. (2017). The evolution of 10-K textual
       disclosure: evidence from latent Dirichlet allocation. Journal of Accounting and Economics
       64(2-3), 221-245.
    """
    demand("by", by, ("part", "report_id"))
    frame = language.quantification(language.prose(study), study.quantities, by)
    if by == "part":
        return corpus.by_part(frame)
    return corpus.of_reports(study, frame)
