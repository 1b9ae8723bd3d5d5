using Surveillance.Api.Cli;
using Surveillance.Api.Leads;
using Surveillance.Api.Training;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Model;

public sealed class DecisionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_confirmed_lead_has_the_types_that_were_seen_and_the_others_stay_open()
    {
        var learnt = Learn(LeadState.Confirmed, "guarantee");

        Assert.Equal(["guarantee"], learnt.Types);
        Assert.Equal(ViolationType.OfText.Count - 1, learnt.Maybe.Count);
    }

    [Fact]
    public void A_rejected_lead_is_lawful() => Assert.True(Learn(LeadState.Rejected, "guarantee").IsLawful);

    [Fact]
    public void What_was_put_up_again_and_decided_on_again_is_one_group_with_what_says_the_same()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "corpus"));
        _folder.File("corpus/sellers.jsonl", """{"id":"c","title":"包过","types":["guarantee"],"group":"corpus-1"}""" + "\n");
        var decisions = _folder.File("decisions.jsonl", """
            {"id":"a","title":"包过","types":[],"group":"a","source":"decisions"}
            {"id":"b","title":"保过","types":[],"group":"b","source":"decisions"}
            {"id":"d","title":"保过","types":[],"group":"d","source":"decisions"}
            """);

        var training = TrainingFolder.Read([Path.Combine(_folder.Path, "corpus")], [], [decisions]);

        Assert.Equal(["corpus-1", "corpus-1", "b", "b"], training.Listings.Select(listing => listing.Group));
    }

    /// <summary>What training reads of a decision as it is exported.</summary>
    private Classifier.Model.Training.TrainingListing Learn(LeadState state, string seen)
    {
        var standing = new LeadStanding(state, state == LeadState.Rejected ? "教材" : null, "甲", Support.Some.Noon, [seen], 1);
        var row = new LeadRow(Id(), "1", "source", Support.Some.Listing(), Support.Some.Assessment("1", seen), standing, Support.Some.Noon, Support.Some.Noon);
        var file = _folder.File("decisions.jsonl", DecisionsCommand.Labelled(row).ToJsonString(ContractJson.Options) + "\n");
        var training = TrainingFolder.Read([], [], [file]);
        Assert.Empty(training.Faults);
        return Assert.Single(training.Listings);
    }

    private static LeadId Id() => LeadId.TryParse("0123456789abcdef0123", out var id) ? id : throw new FormatException();
}
