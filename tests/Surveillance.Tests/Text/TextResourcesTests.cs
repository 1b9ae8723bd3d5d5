using Surveillance.Classifier.Text;
using Surveillance.Classifier.Text.Compilation;

namespace Surveillance.Tests.Text;

public sealed class TextResourcesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("SVTEXT03")]
    [InlineData("something else altogether, long enough to be a head but of no known kind ............................................................................................................................................................................................................................................................................................................")]
    public void Refuse_a_file_that_is_not_theirs(string content)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => TextResources.Open(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Refuse_a_file_that_was_cut_short()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, File.ReadAllBytes(TextResources.DefaultPath)[..100_000]);
        Assert.Contains("outside", Assert.Throws<InvalidDataException>(() => TextResources.Open(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Say_how_to_get_a_missing_file() =>
        Assert.Contains("npm ci --ignore-scripts", Assert.Throws<InvalidDataException>(() => TextResources.Open("/nowhere/text.bin")).Message, StringComparison.Ordinal);

    [Fact]
    public void Are_not_compiled_without_the_packages() =>
        Assert.Contains("npm ci --ignore-scripts", Assert.Throws<InvalidDataException>(() => TextCompiler.Compile("/nowhere", Path.GetTempFileName())).Message, StringComparison.Ordinal);
}
