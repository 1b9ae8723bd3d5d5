using System.Security.Cryptography;
using Surveillance.Classifier.Model;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Model;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public ModelFileTests()
    {
        _path = Path.Combine(_folder.Path, "model.bin");
        ModelFile.Write(_path, Head(kept: 1), [7UL, 0], new short[ModelFile.RowWidth]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        var model = StatisticalModel.Open(_path);

        Assert.Equal("rules", model.Head.RulesVersion);
        Assert.Equal(20, model.Version.Length);
    }

    [Theory]
    [InlineData("empty", "0 bytes")]
    [InlineData("foreign", "another kind")]
    [InlineData("older", "another kind")]
    [InlineData("cut", "damaged")]
    [InlineData("flipped", "damaged")]
    [InlineData("longer", "damaged")]
    [InlineData("mismatched", "do not fit")]
    [InlineData("other features", "other features")]
    [InlineData("missing", "no file")]
    public void Refuses_a_file_that_is(string fault, string reason)
    {
        Spoil(fault);

        var message = Assert.Throws<ModelException>(() => StatisticalModel.Open(_path)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(_path, message, StringComparison.Ordinal);
        Assert.Contains("--rules-only", message, StringComparison.Ordinal);
    }

    private void Spoil(string fault)
    {
        var bytes = File.ReadAllBytes(_path);
        switch (fault)
        {
            case "missing": File.Delete(_path); return;
            case "empty": bytes = []; break;
            case "foreign": bytes = new byte[500]; break;
            case "older": bytes[7] = (byte)'0'; break;
            case "cut": bytes = bytes[..^8]; break;
            case "flipped": bytes[^3] ^= 1; break;
            case "longer": bytes = [.. bytes, 0]; break;
            case "mismatched": bytes[48] = 9; Sign(bytes); break;
            default: ModelFile.Write(_path, Head(kept: 2), [7UL, 0], new short[ModelFile.RowWidth]); return;
        }

        File.WriteAllBytes(_path, bytes);
    }

    /// <summary>So that only what is wrong inside is wrong.</summary>
    private static void Sign(byte[] file) => SHA256.HashData(file.AsSpan(40), file.AsSpan(8));

    private static ModelHead Head(int kept) => new(
        "rules",
        1,
        [.. Classifier.ViolationType.OfText.Select(type => new ModelType(type, 0, 1, 1, 1, 1, 0, 0.5, 0.2))],
        new ModelScale(0, 1),
        [],
        FeatureSettings.Current(kept),
        new ModelMetrics(1, 1, 0, 0, 0, 0, []));
}
