using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Surveillance.Classifier;

namespace Surveillance.Api.Search.Embedded;

/// <summary>All that is written of a document, worked out before the index is locked.</summary>
internal sealed class PreparedDocument
{
    /// <summary>Longest exact value in UTF-8 that a server's index takes (Lucene's longest term); the same here, so that moving to a server refuses nothing new.</summary>
    private const int LongestValueBytes = 32_766;

    private static readonly JsonSerializerOptions Json = new(ContractJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private PreparedDocument(IndexDocument document)
    {
        Document = document;
        Body = JsonSerializer.Serialize(document with { Grams = [] }, Json);
        Facets = IndexTokens.Facets(document);
        Keys = [.. Facet.All.SelectMany(facet => DocumentFields.KeysOf(facet, document).Select(key => (facet, key)))];
        Tokens = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', document.Grams.Append(Facets))))[..16];
    }

    public IndexDocument Document { get; }

    public string Body { get; }

    /// <summary>Tokens of the exact values.</summary>
    public string Facets { get; }

    public IReadOnlyList<(string Facet, string Key)> Keys { get; }

    /// <summary>Digest of what the full-text index holds of it: where that is the same as before, the index need not be touched.</summary>
    public byte[] Tokens { get; }

    /// <returns>Or the reason why the document is refused.</returns>
    public static (PreparedDocument? Prepared, string? Refused) Of(IndexDocument document)
    {
        if (Encoding.UTF8.GetByteCount(document.Id) is 0 or > 512)
        {
            return (null, "expected an id of 1 to 512 bytes");
        }

        if (!double.IsFinite(document.Risk) || document.Price is { } price && !double.IsFinite(price))
        {
            return (null, "expected numbers for risk and price");
        }

        foreach (var (name, value) in Exact(document))
        {
            if (value is not null && Encoding.UTF8.GetByteCount(value) is > LongestValueBytes and var bytes)
            {
                return (null, string.Create(CultureInfo.InvariantCulture, $"{name} has {bytes} bytes, expected at most {LongestValueBytes}"));
            }
        }

        return (new PreparedDocument(document), null);
    }

    public static IndexDocument Read(string body, long version) => JsonSerializer.Deserialize<IndexDocument>(body, Json)! with { Version = version };

    private static IEnumerable<(string Name, string? Value)> Exact(IndexDocument document) =>
    [
        ("platform", document.Platform), ("item_id", document.ItemId), ("url", document.Url), ("source", document.Source), ("seller", document.Seller),
        ("location", document.Location), ("region", document.Region), ("capture", document.Capture),
        .. document.Items.Select(item => ("items", (string?)item)),
        .. document.Contacts.Select(contact => ("contacts", (string?)contact.Value)),
    ];
}
