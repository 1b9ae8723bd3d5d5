namespace Surveillance.Tests.Sources;

/// <summary>Two folders of source files, and where the product's own lie.</summary>
internal sealed class SourceFiles : IDisposable
{
    /// <summary>A right file whose id is <c>shop</c>.</summary>
    public const string Shop = """
        id: shop
        name: 测试市场
        platform: 闲鱼
        kind: marketplace
        enabled: false
        base: https://shop.invalid
        seeds:
          - "{base}/search?q={keyword}"
        keywords:
          - 低压电工证
          - 电工证 包过
        render: http
        schedule: "0 0 3 * * ?"
        rate:
          per_second: 0.5
          concurrency: 2
        max_pages: 10
        max_depth: 3
        follow:
          lists: true
          details: false
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sources");

    public string Shipped => _folder.CreateSubdirectory("shipped").FullName;

    public string Overrides => _folder.CreateSubdirectory("overrides").FullName;

    /// <summary>The product's <c>data/sources</c>, found from where the tests run upwards.</summary>
    public static string Product()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Surveillance.sln")))
            {
                return Path.Combine(folder.FullName, "data", "sources");
            }
        }

        throw new DirectoryNotFoundException("No Surveillance.sln above the tests.");
    }

    public static void Write(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    public void Dispose() => _folder.Delete(recursive: true);
}
