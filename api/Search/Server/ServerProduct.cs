using System.Globalization;

namespace Surveillance.Api.Search.Server;

/// <summary>Which of the two products answers, and its version.</summary>
internal sealed record ServerProduct(bool IsOpenSearch, string Version)
{
    private const string ElasticsearchHeader = "Elasticsearch";

    /// <summary>E.g. <c>opensearch 2.19.1</c>.</summary>
    public string Name => $"{(IsOpenSearch ? "opensearch" : "elasticsearch")} {Version}";

    /// <summary>Reads the answer to <c>GET /</c>.</summary>
    /// <param name="productHeader">Of <c>X-elastic-product</c>, which Elasticsearch sends from 7.14 on.</param>
    /// <exception cref="SearchUnusableException">It is another product, or too old.</exception>
    public static ServerProduct Of(ServerAnswer answer, string? productHeader, string server)
    {
        var version = answer.Root.Child("version");
        var number = version.Child("number").Text();
        var openSearch = version.Child("distribution").Text() == "opensearch";
        var tagline = answer.Root.Child("tagline").Text() ?? "";
        var elasticsearch = productHeader == ElasticsearchHeader || tagline == "You Know, for Search";
        if (!answer.IsSuccess || number is null || !(openSearch || elasticsearch))
        {
            throw new SearchUnusableException($"expected Elasticsearch or OpenSearch at {server}, found another product (status {answer.Status})");
        }

        // OpenSearch's points in time, by which exports read, came with 2.4.
        var product = new ServerProduct(openSearch, number);
        var (least, leastText) = openSearch ? ((2, 4), "OpenSearch 2.4") : ((7, 17), "Elasticsearch 7.17");
        if (Parts(number).CompareTo(least) < 0)
        {
            throw new SearchUnusableException($"expected {leastText} or newer at {server}, found {product.Name}");
        }

        // Products that took Elasticsearch's tagline over do not send its header.
        return openSearch || productHeader == ElasticsearchHeader
            ? product
            : throw new SearchUnusableException($"expected Elasticsearch or OpenSearch at {server}, found a product that only speaks like {product.Name}");
    }

    private static (int Major, int Minor) Parts(string number)
    {
        var parts = number.Split('.');
        return (Part(parts, 0), Part(parts, 1));
    }

    private static int Part(string[] parts, int at) =>
        at < parts.Length && int.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : 0;
}
