using System.Text;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>Reads the written pages beside the tests, each named for its fault.</summary>
internal static class PageFixture
{
    public static PageContent Read(string name, string url = "https://market.example.com/x", string? contentType = null, int status = 200) =>
        PageReader.CreateDefault().Read(Bytes(name), new Uri(url), contentType, status);

    /// <param name="page">The page itself.</param>
    public static PageContent ReadText(string page, string url = "https://s.example.com/search?q=x") =>
        PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes(page), new Uri(url), "text/html; charset=utf-8");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Extraction", "Pages", name));
}
