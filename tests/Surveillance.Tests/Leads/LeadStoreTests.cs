using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Tests.Leads;

public sealed class LeadStoreTests : IDisposable
{
    private static readonly Finding Guarantee = Some.Finding("guarantee", 0.97);
    private static readonly Finding Insider = Some.Finding("insider", 0.8);

    private readonly LeadBook _book = new();

    public void Dispose() => _book.Dispose();

    [Theory]
    [InlineData(Decision.Flag, true)]
    [InlineData(Decision.Review, true)]
    [InlineData(Decision.Clear, false)]
    public async Task Opens_a_lead_for_every_decision_but_clear(Decision decision, bool opens)
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(decision, Guarantee));

        var lead = await _book.Leads.FindAsync(id, LeadBook.Token);

        Assert.Equal(opens, lead is not null);
        Assert.Equal(opens ? LeadAction.Open : null, lead?.Events.Single().Action);
    }

    [Fact]
    public async Task Confirming_stores_who_when_and_which_types_were_seen()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee, Insider));

        await _book.DecideAsync(id, new LeadDecision.Confirm());

        var lead = await _book.FindAsync(id);
        Assert.Equal((LeadState.Confirmed, "张三", _book.Time.GetUtcNow()), (lead.Row.Standing.State, lead.Row.Standing.DecidedBy, lead.Row.Standing.DecidedAt));
        Assert.Equal(["guarantee", "insider"], lead.Row.Standing.SeenTypes);
        Assert.Equal([LeadAction.Open, LeadAction.Confirm], lead.Events.Select(entry => entry.Action));
        Assert.True(lead.CanUndo);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    public async Task Rejecting_without_a_reason_is_refused(string reason)
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));

        await Assert.ThrowsAsync<ArgumentException>(() => _book.DecideAsync(id, new LeadDecision.Reject(reason)));

        Assert.Equal(LeadState.New, (await _book.FindAsync(id)).Row.Standing.State);
    }

    [Fact]
    public async Task A_decision_on_a_stale_view_changes_nothing_and_gives_the_present_state()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        await _book.DecideAsync(id, new LeadDecision.Confirm());

        var outcome = await _book.DecideAsync(id, new LeadDecision.Reject("误报"), revision: 0);

        Assert.Equal(LeadState.Confirmed, Assert.IsType<DecideOutcome.Stale>(outcome).Now.State);
        Assert.Equal(2, (await _book.FindAsync(id)).Events.Count);
    }

    [Fact]
    public async Task Of_two_decisions_on_the_same_view_at_once_one_wins()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        LeadDecision[] decisions = [new LeadDecision.Confirm(), new LeadDecision.Reject("误报")];

        var outcomes = await Task.WhenAll(decisions.Select(decision => Task.Run(() => _book.DecideAsync(id, decision, revision: 0), LeadBook.Token)));

        Assert.Single(outcomes.OfType<DecideOutcome.Decided>());
        Assert.Single(outcomes.OfType<DecideOutcome.Stale>());
        Assert.Equal(2, (await _book.FindAsync(id)).Events.Count);
    }

    [Fact]
    public async Task Undo_walks_back_through_the_decisions_in_force()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        await _book.DecideAsync(id, new LeadDecision.Confirm(), seen: ["guarantee"]);
        await _book.DecideAsync(id, new LeadDecision.Reject("误报"), seen: ["guarantee", "insider"]);

        await _book.DecideAsync(id, new LeadDecision.Undo());
        var once = (await _book.FindAsync(id)).Row.Standing;
        await _book.DecideAsync(id, new LeadDecision.Undo());
        var twice = (await _book.FindAsync(id)).Row.Standing;
        var third = await _book.DecideAsync(id, new LeadDecision.Undo());

        Assert.Equal((LeadState.Confirmed, null, "张三"), (once.State, once.Reason, once.DecidedBy));
        Assert.Equal(["guarantee"], once.SeenTypes);
        Assert.Equal((LeadState.New, null, 4), (twice.State, twice.DecidedBy, twice.Revision));
        Assert.IsType<DecideOutcome.Pointless>(third);
        Assert.Equal(5, (await _book.FindAsync(id)).Events.Count);
    }

    [Fact]
    public async Task Confirming_what_is_confirmed_changes_nothing()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        await _book.DecideAsync(id, new LeadDecision.Confirm());

        Assert.IsType<DecideOutcome.Pointless>(await _book.DecideAsync(id, new LeadDecision.Confirm()));
        Assert.Equal(2, (await _book.FindAsync(id)).Events.Count);
    }

    [Fact]
    public async Task An_unknown_lead_is_not_found()
    {
        var ruling = new LeadRuling(LeadBook.IdOf(404), 0, new LeadDecision.Confirm(), "张三");

        Assert.IsType<DecideOutcome.NotFound>(await _book.Leads.DecideAsync(ruling, LeadBook.Token));
        Assert.Null(await _book.Leads.FindAsync(LeadBook.IdOf(404), LeadBook.Token));
    }

    // Each row: the types after the change, whether the listing itself changed, and what follows for a lead decided on "guarantee".
    [Theory]
    [InlineData("guarantee,insider", true, LeadState.New)]
    [InlineData("insider", true, LeadState.New)]
    [InlineData("guarantee", true, LeadState.Confirmed)]
    [InlineData("", true, LeadState.Confirmed)]
    [InlineData("guarantee,insider", false, LeadState.Confirmed)]
    [InlineData("", false, LeadState.Confirmed)]
    public async Task Only_a_changed_listing_with_an_unseen_type_reopens(string types, bool changed, LeadState expected)
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        await _book.DecideAsync(id, new LeadDecision.Confirm());
        var findings = types.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(type => Some.Finding(type)).ToArray();
        var assessment = Some.Assessment(findings.Length == 0 ? Decision.Clear : Decision.Flag, findings);

        if (changed)
        {
            _book.Put(1, Some.Listing("改过的标题"), assessment);
        }
        else
        {
            _book.Reassess(id, assessment);
        }

        var lead = await _book.FindAsync(id);
        Assert.Equal(expected, lead.Row.Standing.State);
        Assert.Equal(expected == LeadState.New, lead.Events[^1].Action == LeadAction.Reopen);
        Assert.Equal(expected != LeadState.New, lead.CanUndo);
    }

    [Fact]
    public async Task A_reopened_lead_says_which_types_are_new()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        await _book.DecideAsync(id, new LeadDecision.Reject("误报"));

        _book.Put(1, Some.Listing("改过的标题"), Some.Assessment(Guarantee, Insider));

        var reason = (await _book.FindAsync(id)).Row.Standing.Reason;
        Assert.Contains("暗示考试机构、命题人员参与", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("保证性承诺", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_changes_under_the_officers_eyes_makes_the_view_stale()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));

        _book.Put(1, Some.Listing("改过的标题"), Some.Assessment(Guarantee, Insider));

        Assert.IsType<DecideOutcome.Stale>(await _book.DecideAsync(id, new LeadDecision.Confirm(), revision: 0));
    }

    [Fact]
    public async Task A_type_that_a_replay_found_is_not_taken_for_seen()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        _book.Reassess(id, Some.Assessment(Guarantee, Insider));

        await _book.DecideAsync(id, new LeadDecision.Confirm(), seen: ["guarantee"]);

        Assert.Equal(["guarantee"], (await _book.FindAsync(id)).Row.Standing.SeenTypes);
    }

    [Fact]
    public async Task The_detail_gives_versions_newest_first_and_the_capture_of_the_current_one()
    {
        var id = _book.Put(1, Some.Listing("第一版"), Some.Assessment(Guarantee), "https://market.example/old");
        _book.Time.Advance(TimeSpan.FromHours(1));
        _book.Put(1, Some.Listing("第二版"), Some.Assessment(Guarantee), "https://market.example/new");

        var lead = await _book.FindAsync(id);

        Assert.Equal(["第二版", "第一版"], lead.Versions.Select(version => version.Listing.Title));
        Assert.Equal(("https://market.example/new", _book.Time.GetUtcNow()), (lead.Capture?.Url, lead.Capture?.CapturedAt));
        Assert.Equal(64, lead.Capture?.Digest.Length);
    }

    [Fact]
    public async Task A_new_lead_whose_listing_is_clear_now_is_listed_only_when_asked_for()
    {
        var id = _book.Put(1, Some.Listing(), Some.Assessment(Guarantee));
        _book.Reassess(id, Some.Assessment(Decision.Clear));

        Assert.Empty(await _book.IdsAsync(new LeadFilter()));
        Assert.Equal([id], await _book.IdsAsync(new LeadFilter { Decisions = [Decision.Clear] }));
        Assert.Equal(0, (await _book.Leads.CountAsync(LeadBook.Token)).New);
    }
}
