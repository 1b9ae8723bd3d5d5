using System.Reflection;

namespace Surveillance.Tests.Architecture;

/// <summary>References run one way: api → crawler → classifier.</summary>
public sealed class ReferencesTests
{
    [Theory]
    [InlineData("Surveillance.Classifier", "Surveillance.Crawler")]
    [InlineData("Surveillance.Classifier", "Surveillance.Api")]
    [InlineData("Surveillance.Classifier", "System.Net.Http")]
    [InlineData("Surveillance.Classifier", "System.Net.Sockets")]
    [InlineData("Surveillance.Classifier", "Microsoft.Data.Sqlite")]
    [InlineData("Surveillance.Crawler", "Surveillance.Api")]
    [InlineData("Surveillance.Crawler", "Microsoft.Data.Sqlite")]
    public void An_assembly_keeps_clear_of(string assembly, string forbidden) =>
        Assert.DoesNotContain(forbidden, Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name));

    [Fact]
    public void The_api_uses_the_crawler_and_the_crawler_the_classifier()
    {
        Assert.Contains("Surveillance.Crawler", Assembly.Load("Surveillance.Api").GetReferencedAssemblies().Select(name => name.Name));
        Assert.Contains("Surveillance.Classifier", Assembly.Load("Surveillance.Crawler").GetReferencedAssemblies().Select(name => name.Name));
    }

    [Fact]
    public void Unicode_normalisation_works_because_globalization_is_not_invariant() =>
        Assert.Equal("1kg", "①㎏".Normalize(System.Text.NormalizationForm.FormKC));
}
