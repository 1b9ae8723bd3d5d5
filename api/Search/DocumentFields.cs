using System.Diagnostics;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>What a document says under the names by which queries filter and facets count.</summary>
internal static class DocumentFields
{
    /// <summary>The values of a field that is filtered letter by letter; none where it is unknown. Perhaps some twice.</summary>
    public static IEnumerable<string> ValuesOf(string field, IndexDocument document) => field switch
    {
        SearchField.Type => document.Findings.Select(finding => finding.Type),
        SearchField.Platform => One(document.Platform),
        SearchField.Item => document.Items,
        SearchField.Seller => One(document.Seller),
        SearchField.Contact => document.Contacts.Select(contact => contact.Value),
        SearchField.Region => One(document.Region),
        SearchField.State => One(document.State),
        SearchField.Decision => One(NameOf(document.Decision)),
        _ => throw new UnreachableException($"no field of values: {field}"),
    };

    public static double? NumberOf(string field, IndexDocument document) => field switch
    {
        SearchField.Price => document.Price,
        SearchField.Risk => document.Risk,
        _ => throw new UnreachableException($"no field of numbers: {field}"),
    };

    public static DateTimeOffset TimeOf(string field, IndexDocument document) =>
        field == SearchField.FirstSeen ? document.FirstSeen : throw new UnreachableException($"no field of times: {field}");

    /// <summary>Under which keys a facet counts the document, each once.</summary>
    public static IEnumerable<string> KeysOf(string facet, IndexDocument document) =>
        (facet == Facet.Day ? One(StoredTime.Text(StoredTime.DayOf(document.FirstSeen))) : ValuesOf(facet, document)).Distinct(StringComparer.Ordinal);

    public static string NameOf(Decision decision) => decision switch
    {
        Decision.Flag => "flag",
        Decision.Review => "review",
        Decision.Clear => "clear",
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<string> One(string? value) => value is null ? [] : [value];
}
