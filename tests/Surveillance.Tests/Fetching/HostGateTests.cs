using Microsoft.Extensions.Options;
using Surveillance.Crawler;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Fetching;

public sealed class HostGateTests
{
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(500);

    /// <summary>Ten seconds at two a second, asked for with the delays of a busy machine.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(400)]
    public void Slots_keep_the_pace_exactly_however_late_each_one_is_used(int lateMilliseconds)
    {
        var gate = new HostGate();
        var now = Some.Noon;
        var used = new List<DateTimeOffset>();
        while (now < Some.Noon.AddSeconds(10))
        {
            now += gate.Book(now, Half);
            used.Add(now);
            now += TimeSpan.FromMilliseconds(lateMilliseconds);
        }

        Assert.InRange(used.Count(at => at < Some.Noon.AddSeconds(10)), 20, 20);
        Assert.All(used.Index(), slot => Assert.Equal(Some.Noon + (Half * slot.Index), slot.Item));
    }

    [Fact]
    public void A_host_that_was_left_alone_saves_up_no_slots()
    {
        var gate = new HostGate();
        gate.Book(Some.Noon, Half);

        Assert.Equal(TimeSpan.Zero, gate.Book(Some.Noon.AddMinutes(1), Half));
        Assert.Equal(Half, gate.Book(Some.Noon.AddMinutes(1), Half));
    }

    [Fact]
    public void Slots_begin_after_a_pause()
    {
        var gate = new HostGate();
        gate.Pause(Some.Noon.AddSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), gate.Book(Some.Noon, Half));
        Assert.Equal(TimeSpan.FromSeconds(30.5), gate.Book(Some.Noon, Half));
    }

    [Fact]
    public async Task Who_came_first_goes_first_whatever_the_others_may()
    {
        var gate = new HostGate();
        await gate.EnterAsync(1, Token);
        var patient = gate.EnterAsync(1, Token);
        var pushing = gate.EnterAsync(64, Token);

        Assert.False(patient.IsCompleted || pushing.IsCompleted);
        gate.Leave();
        await patient.WaitAsync(TimeSpan.FromSeconds(10), Token);
        await pushing.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_up_nobody()
    {
        using var cancel = new CancellationTokenSource();
        var gate = new HostGate();
        await gate.EnterAsync(1, Token);
        var first = gate.EnterAsync(1, cancel.Token);
        var second = gate.EnterAsync(1, Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Leave();

        await second.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Hosts_do_not_wait_for_each_other()
    {
        var gates = new HostGates(Options.Create(new CrawlOptions()), TimeProvider.System);
        using var hanging = await gates.EnterAsync("slow.example", new SourceRate(0.001, 1), null, Token);

        using var other = await gates.EnterAsync("quick.example", new SourceRate(0.001, 1), null, Token).WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.NotNull(other);
    }

    [Fact]
    public async Task A_pause_longer_than_a_run_waits_is_not_waited_for()
    {
        var gates = new HostGates(Options.Create(new CrawlOptions { MaxPause = TimeSpan.FromMinutes(10) }), TimeProvider.System);
        gates.Pause("a.example", TimeSpan.FromHours(1));

        Assert.Null(await gates.EnterAsync("a.example", new SourceRate(10, 1), null, Token));
        Assert.False(gates.IsHeld("a.example"));
        gates.Pause("b.example", TimeSpan.FromMinutes(1));
        Assert.True(gates.IsHeld("b.example"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
