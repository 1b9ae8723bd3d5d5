namespace Surveillance.Crawler.Frontier;

/// <summary>Leased pages in a queue for each host, handed out host by host in turn, so that none waits behind another's.</summary>
/// <param name="places">Pages of one host in hand at a time.</param>
/// <param name="isHeld">Hosts that are not to be asked now.</param>
/// <remarks>Not thread safe.</remarks>
internal sealed class HostLanes(int places, Func<string, bool> isHeld)
{
    private readonly SortedDictionary<string, Lane> _lanes = new(StringComparer.OrdinalIgnoreCase);
    private string _last = "";

    /// <summary>Pages in hand.</summary>
    public int Taken { get; private set; }

    /// <summary>Pages leased and not yet handed out.</summary>
    public int Waiting { get; private set; }

    /// <summary>Hosts for which no more pages are needed now.</summary>
    public IReadOnlySet<string> Supplied => _lanes.Where(lane => lane.Value.Pages.Count > 0 || lane.Value.Taken >= places).Select(lane => lane.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Hosts with pages that could be handed out, were the host not held.</summary>
    public IEnumerable<string> Held => _lanes.Where(lane => lane.Value.Pages.Count > 0 && lane.Value.Taken < places && isHeld(lane.Key)).Select(lane => lane.Key);

    public void Add(FrontierPage page)
    {
        if (!_lanes.TryGetValue(page.Host, out var lane))
        {
            _lanes.Add(page.Host, lane = new Lane());
        }

        lane.Pages.Enqueue(page);
        Waiting++;
    }

    /// <summary>The next host's next page; null where every host with pages is busy or held.</summary>
    public FrontierPage? TryTake()
    {
        var ready = _lanes.Where(lane => lane.Value.Pages.Count > 0 && lane.Value.Taken < places && !isHeld(lane.Key)).ToList();
        if (ready.Count == 0)
        {
            return null;
        }

        var next = ready.FindIndex(lane => StringComparer.OrdinalIgnoreCase.Compare(lane.Key, _last) > 0);
        var (host, lane) = ready[Math.Max(0, next)];
        _last = host;
        lane.Taken++;
        Taken++;
        Waiting--;
        return lane.Pages.Dequeue();
    }

    public void Finished(FrontierPage page)
    {
        _lanes[page.Host].Taken--;
        Taken--;
    }

    private sealed class Lane
    {
        public Queue<FrontierPage> Pages { get; } = new();

        public int Taken { get; set; }
    }
}
