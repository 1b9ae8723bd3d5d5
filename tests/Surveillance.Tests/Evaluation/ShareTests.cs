using Surveillance.Api.Evaluation;

namespace Surveillance.Tests.Evaluation;

public sealed class ShareTests
{
    // Worked out by hand from Wilson's formula with z = 1.95996.
    [Theory]
    [InlineData(0, 10, 0.0, 0.0, 0.2775)]
    [InlineData(10, 10, 1.0, 0.7225, 1.0)]
    [InlineData(8, 10, 0.8, 0.4902, 0.9433)]
    [InlineData(90, 100, 0.9, 0.8256, 0.9448)]
    public void Has_the_interval_of_Wilson(int part, int whole, double value, double low, double high)
    {
        var share = new Share(part, whole);

        Assert.Equal(value, share.Value);
        Assert.Equal(low, share.Low, 3);
        Assert.Equal(high, share.High, 3);
    }

    [Fact]
    public void Of_nothing_is_unknown()
    {
        var share = new Share(0, 0);

        Assert.Null(share.Value);
        Assert.Equal((0, 1), (share.Low, share.High));
    }
}
