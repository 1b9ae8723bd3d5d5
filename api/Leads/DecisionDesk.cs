using System.Collections.Immutable;
using System.Diagnostics;
using Radzen;
using Surveillance.Api.Accounts;

namespace Surveillance.Api.Leads;

/// <summary>Takes an officer's decisions on the pages and says how they ended. One per open page.</summary>
public sealed class DecisionDesk(LeadStore leads, DialogService dialogs, NotificationService notices)
{
    /// <returns>How the lead stands now; null where nothing was changed, which the officer has then been told.</returns>
    public Task<LeadStanding?> ConfirmAsync(LeadRow row) => DecideAsync(row, new LeadDecision.Confirm());

    /// <summary>Asks for the reason first.</summary>
    /// <returns>Null also where the officer thought better of it.</returns>
    public async Task<LeadStanding?> RejectAsync(LeadRow row)
    {
        var options = new DialogOptions { Width = "460px", CloseDialogOnEsc = true, AutoFocusFirstElement = true };
        var reason = await dialogs.OpenAsync<RejectDialog>("排除线索", new() { [nameof(RejectDialog.Row)] = row }, options);
        return reason is string given ? await DecideAsync(row, new LeadDecision.Reject(given)) : null;
    }

    /// <inheritdoc cref="ConfirmAsync"/>
    public Task<LeadStanding?> UndoAsync(LeadRow row) => DecideAsync(row, new LeadDecision.Undo());

    private async Task<LeadStanding?> DecideAsync(LeadRow row, LeadDecision decision)
    {
        ImmutableArray<string> seen = [.. row.Assessment.Findings.Select(finding => finding.Type)];
        var ruling = new LeadRuling(row.Id, row.Standing.Revision, decision, Officer.Local, seen);
        switch (await leads.DecideAsync(ruling, CancellationToken.None))
        {
            case DecideOutcome.Decided decided:
                return decided.Now;
            case DecideOutcome.Stale stale:
                Say(NotificationSeverity.Warning, "未作改动：线索已有变化", $"{Present(stale.Now)}页面已按现状更新，请重新决定。");
                return null;
            case DecideOutcome.Pointless pointless:
                Say(NotificationSeverity.Info, "未作改动", Present(pointless.Now));
                return null;
            case DecideOutcome.NotFound:
                Say(NotificationSeverity.Error, "未作改动", "没有这条线索。");
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private void Say(NotificationSeverity severity, string summary, string detail) => notices.Notify(severity, summary, detail, duration: 8000);

    private static string Present(LeadStanding now) =>
        now is { DecidedBy: { } by, DecidedAt: { } at }
            ? $"现为{Wording.Of(now.State)}（{by}，{Wording.Time(at)}）。"
            : $"现为{Wording.Of(now.State)}。";
}
