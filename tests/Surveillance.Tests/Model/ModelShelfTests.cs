using Surveillance.Api.Cli;
using Surveillance.Api.Training;
using Surveillance.Classifier.Model;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Model;

public sealed class ModelShelfTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _trained;
    private readonly ModelShelf _shelf;

    public ModelShelfTests()
    {
        _trained = SmallCorpus.Train(_folder, "trained.bin");
        _shelf = new ModelShelf(_folder.Path, Path.Combine(_folder.Path, "shipped.bin"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Adopts_and_restores()
    {
        Assert.EndsWith("shipped.bin", _shelf.InForce(), StringComparison.Ordinal);

        var model = StatisticalModel.Open(_trained);
        _shelf.Adopt(model, _trained);
        Assert.EndsWith($"{model.Version}.bin", _shelf.InForce(), StringComparison.Ordinal);
        Assert.Contains(_shelf.List(), kept => kept.Version == model.Version && kept.IsInForce);
        Assert.Equal(_shelf.InForce(), _shelf.Find(model.Version));

        Assert.Null(_shelf.Restore());
        Assert.EndsWith("shipped.bin", _shelf.InForce(), StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => _shelf.Restore());
    }

    [Fact]
    public void A_comparison_names_the_types_that_got_worse()
    {
        var comparison = new ModelComparison(null, "new", new DateOnly(2026, 11, 25), 9, [new("flagged", 0.8, 0.9), new("guarantee", 0.8, 0.79), new("insider", null, null), new("endorsement", 0.5, null)], []);

        Assert.Equal(["guarantee", "endorsement"], comparison.Worse);
    }
}
