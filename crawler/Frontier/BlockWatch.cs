using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Watches how many of a source's latest pages were blocked: more and more means that we are not welcome at this pace, or at all.</summary>
/// <remarks>Thread safe. Nothing is bypassed: the answer to being blocked is to ask less, then to stop and call a person.</remarks>
public sealed class BlockWatch
{
    /// <summary>Pages looked back at.</summary>
    public const int Window = 30;

    /// <summary>Fewer say nothing.</summary>
    private const int LeastToSlow = 10;

    private const int LeastToPause = 20;
    private const double SlowShare = 0.3;
    private const double PauseShare = 0.7;

    /// <summary>How much slower a source is asked while it is being slowed.</summary>
    private const double Slowness = 4;

    private readonly Lock _lock = new();
    private string _recent;

    /// <param name="recent">Earlier ends, oldest first, as <see cref="MarkOf"/> writes them.</param>
    public BlockWatch(string recent) => _recent = recent;

    /// <summary>What to do with the source now.</summary>
    public BlockLevel Level
    {
        get
        {
            lock (_lock)
            {
                var share = _recent.Length == 0 ? 0 : (double)_recent.Count(mark => mark == Blocked) / _recent.Length;
                return _recent.Length >= LeastToPause && share >= PauseShare ? BlockLevel.Pause
                    : _recent.Length >= LeastToSlow && share >= SlowShare ? BlockLevel.Slow
                    : BlockLevel.Normal;
            }
        }
    }

    private const char Blocked = 'b';

    /// <summary>One letter for the end of a page; null where it says nothing about being welcome.</summary>
    public static char? MarkOf(PageState state) => state switch
    {
        PageState.Blocked => Blocked,
        PageState.Done or PageState.Empty or PageState.Gone => 'o',
        _ => null,
    };

    public void Add(PageState state)
    {
        if (MarkOf(state) is not { } mark)
        {
            return;
        }

        lock (_lock)
        {
            _recent = (_recent + mark)[Math.Max(0, _recent.Length + 1 - Window)..];
        }
    }

    /// <summary>The pace at which to ask now.</summary>
    public SourceRate PaceOf(SourceRate rate) =>
        Level == BlockLevel.Normal ? rate : new SourceRate(rate.PerSecond / Slowness, 1);

    /// <summary>Why the source is paused, for people.</summary>
    public string Notice
    {
        get
        {
            lock (_lock)
            {
                return $"最近 {_recent.Length} 个网页中有 {_recent.Count(mark => mark == Blocked)} 个被拦截，已自动暂停，须人工核实后恢复";
            }
        }
    }
}

/// <summary>How a source is to be treated for the pages that were blocked.</summary>
public enum BlockLevel
{
    Normal,

    /// <summary>Asked at a quarter of its pace, one page at a time.</summary>
    Slow,

    /// <summary>Not asked any more until a person has looked.</summary>
    Pause,
}
