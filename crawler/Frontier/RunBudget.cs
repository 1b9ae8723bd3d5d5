using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>How many more pages a run may ask for, by run and by calendar day in Asia/Shanghai.</summary>
/// <param name="ended">Pages that came to an end before a killed process lost the run.</param>
/// <param name="askedToday">Requests of the source since midnight.</param>
/// <remarks>Not thread safe.</remarks>
internal sealed class RunBudget(SourceDefinition source, int ended, int askedToday, TimeProvider time)
{
    private DateOnly _day = ChinaTime.DayOf(time.GetUtcNow());
    private int _ended = ended;
    private int _askedToday = askedToday;

    /// <summary>True where only the day's limit stands in the way.</summary>
    public bool IsDaySpent => source.MaxPages - _ended > 0 && DayLeft <= 0;

    private int DayLeft => source.MaxPagesPerDay is { } most ? most - _askedToday : int.MaxValue;

    /// <param name="taken">Pages in hand, which count already.</param>
    public int Left(int taken)
    {
        var today = ChinaTime.DayOf(time.GetUtcNow());
        (_day, _askedToday) = (today, today == _day ? _askedToday : 0);
        return Math.Min(source.MaxPages - _ended, DayLeft) - taken;
    }

    public void Count(PageRecord record)
    {
        _askedToday += record.Asked ? 1 : 0;
        _ended += record.State is PageState.Queued or PageState.Declined ? 0 : 1;
    }
}
