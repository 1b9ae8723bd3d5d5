using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Surveillance.Classifier.Laws;

/// <summary>The laws as dated data: what stood where on which day. Thread safe.</summary>
/// <remarks>Nothing is invented: what no loaded text shows for the day is cited as 待核.</remarks>
public sealed class LawLibrary
{
    /// <summary>The cited passage stands in a loaded text that is in force on the day.</summary>
    public const string Verified = "verified";

    /// <summary>No loaded text shows it for the day.</summary>
    public const string Unverified = "待核";

    private const int MostCited = 10_000;

    private readonly FrozenDictionary<string, Instrument> _byTitle;
    private readonly FrozenDictionary<string, Conduct> _conducts;

    /// <summary>What was cited before: a crawl asks for the same few conducts of one day all the time.</summary>
    private readonly ConcurrentDictionary<(string Conduct, DateOnly Day), ImmutableArray<CitedBasis>> _cited = [];

    internal LawLibrary(IReadOnlyCollection<Instrument> instruments, IReadOnlyCollection<Conduct> conducts)
    {
        _byTitle = instruments.ToFrozenDictionary(law => law.Title, StringComparer.Ordinal);
        _conducts = conducts.ToFrozenDictionary(conduct => conduct.Id, StringComparer.Ordinal);
        Conducts = [.. conducts.OrderBy(conduct => conduct.Id, StringComparer.Ordinal)];
    }

    /// <summary>By id.</summary>
    public ImmutableArray<Conduct> Conducts { get; }

    /// <summary>Titles of all instruments, those that are cited but not loaded too.</summary>
    public IEnumerable<string> Titles => _byTitle.Keys.Order(StringComparer.Ordinal);

    internal IEnumerable<Instrument> Instruments => _byTitle.Values;

    /// <param name="lawsFolder">Holds <c>instruments/</c>, <c>text/</c> and <c>conduct.yaml</c>.</param>
    /// <exception cref="RuleSetException">A file there is wrong; the message names it.</exception>
    public static LawLibrary Load(string lawsFolder) => new LawFiles(lawsFolder).Read();

    /// <summary>Whether rules may cite it.</summary>
    public bool HasConduct(string id) => _conducts.ContainsKey(id);

    /// <summary>As officers call a law, e.g. 广告法; the title itself where it has no shorter name.</summary>
    public string ShortTitle(string title) => _byTitle.GetValueOrDefault(title)?.Short ?? title;

    /// <summary>Cites a place under the law of a day.</summary>
    /// <param name="penalty">Where the consequence stands; its law may be another one. Null when nothing is said about it.</param>
    public CitedBasis Cite(LegalBasis basis, LegalBasis? penalty, DateOnly day)
    {
        var law = _byTitle.GetValueOrDefault(basis.Law) ?? new Instrument(basis.Law, null, []);
        var place = new LawPlace(basis.Article, basis.Paragraph, basis.Item);
        return Cite(law, place, penalty is null ? null : PenaltyOf(penalty, law), day);
    }

    /// <summary>Cites every basis of a conduct under the law of a day, in the data's order.</summary>
    /// <exception cref="ArgumentException">No such conduct.</exception>
    public ImmutableArray<CitedBasis> CiteConduct(string id, DateOnly day)
    {
        if (!_conducts.TryGetValue(id, out var conduct))
        {
            throw new ArgumentException($"expected a conduct of conduct.yaml, got '{id}'", nameof(id));
        }

        if (_cited.TryGetValue((id, day), out var cited))
        {
            return cited;
        }

        // Days come from listings: whoever sends one of every year must not fill the memory.
        if (_cited.Count >= MostCited)
        {
            _cited.Clear();
        }

        return _cited[(id, day)] = [.. conduct.Bases.Select(basis => Cite(basis, day))];
    }

    /// <summary>The words of a place on a day, paragraphs and items on lines of their own; null when no loaded text has it.</summary>
    public string? Passage(LegalBasis basis, DateOnly day) =>
        _byTitle.TryGetValue(basis.Law, out var law) ? Passage(law, new LawPlace(basis.Article, basis.Paragraph, basis.Item), day) : null;

    private static CitedBasis Cite(ConductBasis basis, DateOnly day)
    {
        // Before the first loaded version its numbers are the nearest there are; the status says that they are unverified.
        var chosen = basis.Places[0];
        foreach (var candidate in basis.Places)
        {
            if (candidate.Adopted is null || basis.Law.Versions.First(version => version.Adopted == candidate.Adopted).Effective <= day)
            {
                chosen = candidate;
            }
        }

        return Cite(basis.Law, chosen.Place, chosen.Penalty, day);
    }

    private static CitedBasis Cite(Instrument law, LawPlace place, PenaltyPlace? penalty, DateOnly day)
    {
        var version = VersionOn(law, place.Article, day);
        var stands = version is { Confirmed: true } && Passage(law, place, day) is not null
            && (penalty is null || Passage(penalty.Law ?? law, penalty.Place, day) is not null);
        var later = law.Versions.Where(next => next.EffectiveOf(place.Article) > day).MinBy(next => next.EffectiveOf(place.Article));
        return new CitedBasis(
            law.Title,
            place.Article,
            place.Paragraph,
            place.Item,
            version?.EffectiveOf(place.Article),
            stands ? Verified : Unverified,
            later?.EffectiveOf(place.Article),
            penalty is null ? null : new CitedPenalty(penalty.Place.Article, penalty.Place.Paragraph, penalty.Place.Item, penalty.Law?.Title));
    }

    private static string? Passage(Instrument law, LawPlace place, DateOnly day) =>
        place.Article is null ? null : VersionOn(law, place.Article, day)?.Text.Passage(place.Article, place.Paragraph, place.Item);

    private static LawVersion? VersionOn(Instrument law, string? article, DateOnly day) =>
        law.Versions.LastOrDefault(version => version.AppliesTo(article, day));

    private PenaltyPlace PenaltyOf(LegalBasis penalty, Instrument law)
    {
        var place = new LawPlace(penalty.Article, penalty.Paragraph, penalty.Item);
        return penalty.Law == law.Title
            ? new PenaltyPlace(null, place)
            : new PenaltyPlace(_byTitle.GetValueOrDefault(penalty.Law) ?? new Instrument(penalty.Law, null, []), place);
    }
}
