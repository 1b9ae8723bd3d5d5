using Surveillance.Classifier;
using Surveillance.Classifier.Text;

namespace Surveillance.Tests.Text;

public sealed class LexiconTests
{
    [Theory]
    [InlineData("terms: [包过]\nwords: [保过]", "words")]
    [InlineData("terms: [包过]\nterms: [保过]", "terms")]
    [InlineData("terms: [包过, '']", "empty")]
    [InlineData("aliases: [{to: 包过}]", "from")]
    [InlineData("aliases: [{to: 包过, from: [bg], kind: sound}]", "sound")]
    [InlineData("terms: 包过", "line 1")]
    [InlineData("", "found nothing")]
    public void Rejects_a_file_that_says(string yaml, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "bad.yaml"), yaml);
        var message = Assert.Throws<RuleSetException>(() => Lexicon.Load(folder.Path)).Message;
        Assert.Contains("bad.yaml", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_a_folder_without_files()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("found none", Assert.Throws<RuleSetException>(() => Lexicon.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_terms_that_read_as_themselves() => Assert.All(Dictionaries.Words.Core.Concat(Dictionaries.Words.Terms), term =>
        Assert.Empty(Dictionaries.Normalizer.Normalize(term).Folds));

    [Fact]
    public void Has_each_term_once()
    {
        Assert.Empty(Dictionaries.Words.Core.Intersect(Dictionaries.Words.Terms));
        Assert.InRange(Dictionaries.Words.Core.Count + Dictionaries.Words.Terms.Count, 600, 5000);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("surveil-lexicon-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
