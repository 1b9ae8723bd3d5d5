using Surveillance.Classifier;
using Surveillance.Classifier.Likeness;
using Surveillance.Classifier.Text;

namespace Surveillance.Api.Operators;

/// <summary>Reads the marks of a listing's versions. Thread safe.</summary>
public sealed class MarkReader(TextClassifier classifier)
{
    /// <summary>All marks that any version has, so that a contact which was edited out still counts.</summary>
    /// <param name="versions">Latest first; at least one.</param>
    /// <param name="pictures">The prints of the listing's pictures.</param>
    /// <param name="withWording">False leaves the wordings out.</param>
    internal ListingMarks Read(IReadOnlyList<Listing> versions, IReadOnlyList<PicturePrint> pictures, bool withWording)
    {
        // Each listing with one set of rules; they may change meanwhile.
        var normalizer = classifier.Normalizer;
        var printer = new WordPrinter(normalizer, normalizer.Segmenter);
        var marks = new HashSet<OperatorMark>();
        var prints = new Dictionary<string, WordPrint>(StringComparer.Ordinal);
        foreach (var version in versions)
        {
            var (title, text) = (Normalize(normalizer, version.Title), Normalize(normalizer, version.Text));
            marks.UnionWith(MarkValue.OfSeller(version));
            foreach (var contact in version.Contacts.Concat(Contacts(title)).Concat(Contacts(text)))
            {
                if (MarkValue.OfContact(contact.Kind, contact.Value, version) is { } mark)
                {
                    marks.Add(mark);
                }
            }

            if (withWording && printer.Read(title, text) is { IsTelling: true } print)
            {
                var digest = print.Digest;
                prints[digest] = print;
                marks.Add(new OperatorMark(MarkKind.Wording, digest));
            }
        }

        var seen = pictures.DistinctBy(picture => picture.Digest, StringComparer.Ordinal).ToDictionary(picture => picture.Digest, StringComparer.Ordinal);
        marks.UnionWith(seen.Keys.Select(digest => new OperatorMark(MarkKind.Image, digest)));
        return new ListingMarks(marks, prints, seen, MarkValue.SellerOf(versions[0], () => $"?{printer.Read(versions[0].Title, versions[0].Text).Digest}"));
    }

    private static NormalizedText? Normalize(Normalizer normalizer, string? text) => string.IsNullOrEmpty(text) ? null : normalizer.Normalize(text);

    private static IEnumerable<StatedContact> Contacts(NormalizedText? text) =>
        text is null ? [] : ContactFinder.Find(text, "text").Select(contact => new StatedContact(contact.Kind, contact.Value));
}

/// <param name="Prints">Of the wordings among the marks, by digest.</param>
/// <param name="Pictures">Of the pictures among the marks, by digest.</param>
/// <param name="Seller">Who offers, as the latest version says; stands for one seller when those of a mark are counted.</param>
internal sealed record ListingMarks(
    IReadOnlySet<OperatorMark> Marks, IReadOnlyDictionary<string, WordPrint> Prints, IReadOnlyDictionary<string, PicturePrint> Pictures, string Seller);
