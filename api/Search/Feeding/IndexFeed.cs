namespace Surveillance.Api.Search.Feeding;

/// <summary>Sends to the index what waits in the outbox, some at a time; what the index refuses is kept with its reason and never blocks the rest.</summary>
/// <remarks>
/// Several programs may run one over the same records: a lease lets one of them send at a time. What is sent twice, after a crash or a lost lease, changes
/// nothing in the index. Memory is bounded by one part; the records are locked only to keep what became of it.
/// </remarks>
public sealed class IndexFeed(IndexGate gate, IndexDocuments documents, Outbox outbox, IndexLeases leases, TimeProvider time) : IDisposable
{
    private const int DocumentsAPart = 1000;
    private const int UnitsAPart = 4_000_000;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan AnotherSends = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NoRoom = TimeSpan.FromSeconds(2);

    private readonly IndexLease _lease = leases.Feed();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private volatile bool _hasLooked;

    /// <summary>Sends what waits, and what comes, until it is cancelled.</summary>
    /// <param name="failed">Told of an error that is none of the engine's; sending goes on after a pause.</param>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(failed);
        while (true)
        {
            var pause = await StepAsync(failed, cancellationToken);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Lets everything wait again where the index is empty although documents were sent: another engine was chosen, or somebody removed it. Once a process.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        while (!_hasLooked && await gate.IsOpenAsync(cancellationToken))
        {
            if (await HoldingAsync(LookHeldAsync, cancellationToken) is var pause && !_hasLooked)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Sends all that was filed until now, unless the engine can't be used; then <see cref="IndexGate.Now"/> says why.</summary>
    /// <param name="patience">How long nothing may move forward, as where another program sends but hangs.</param>
    /// <returns>False where something still waits.</returns>
    public async Task<bool> CatchUpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        var upTo = outbox.LastNumber();
        var (left, since) = (outbox.Lag().Waiting, time.GetTimestamp());
        while (outbox.IsWaiting(upTo))
        {
            if (!await gate.IsOpenAsync(cancellationToken))
            {
                return false;
            }

            var pause = await HoldingAsync(SendHeldAsync, cancellationToken);
            if (outbox.Lag().Waiting is var waiting && waiting < left)
            {
                (left, since) = (waiting, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(since) > patience)
            {
                return false;
            }

            if (outbox.IsWaiting(upTo))
            {
                await Task.Delay(pause < AnotherSends ? pause : AnotherSends, time, cancellationToken);
            }
        }

        return true;
    }

    public void Dispose() => _sending.Dispose();

    /// <returns>How long to wait before the next.</returns>
    private async Task<TimeSpan> StepAsync(Action<Exception> failed, CancellationToken cancellationToken)
    {
        try
        {
            if (!await gate.IsOpenAsync(cancellationToken))
            {
                return gate.Pause > Idle ? gate.Pause : Idle;
            }

            await LookAsync(cancellationToken);
            return outbox.IsWaiting() ? await HoldingAsync(SendHeldAsync, cancellationToken) : Idle;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            failed(error);
            return NoRoom;
        }
    }

    /// <summary>Does a piece of work while no other program sends; nothing where one does.</summary>
    /// <returns>How long to wait before the next.</returns>
    private async Task<TimeSpan> HoldingAsync(Func<CancellationToken, Task<TimeSpan>> work, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (_lease.TryTake() is not null)
            {
                return AnotherSends;
            }

            try
            {
                return await work(cancellationToken);
            }
            catch (SearchUnavailableException error)
            {
                gate.Lost(error);
            }
            catch (SearchUnusableException error)
            {
                gate.Refused(error);
            }
            finally
            {
                _lease.Release();
            }

            return gate.Pause;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<TimeSpan> LookHeldAsync(CancellationToken cancellationToken)
    {
        if (gate.Now.Status is { Documents: 0 } && outbox.WasSent())
        {
            // What was sent a moment ago may not be counted yet.
            await gate.Index.RefreshAsync(null, cancellationToken);
            if ((await gate.Index.OpenAsync(cancellationToken)).Documents == 0)
            {
                outbox.SendAllAgain();
            }
        }

        _hasLooked = true;
        return TimeSpan.Zero;
    }

    /// <summary>Sends until nothing waits, another wants to, or the engine can take no more.</summary>
    private async Task<TimeSpan> SendHeldAsync(CancellationToken cancellationToken)
    {
        while (documents.ReadWaiting(DocumentsAPart, UnitsAPart) is { Count: > 0 } part)
        {
            var outcomes = await gate.Index.WriteAsync(null, part, cancellationToken);
            var (isHeld, isWanted) = outbox.Settle(_lease, [.. part.Zip(outcomes)]);
            if (!isHeld || isWanted)
            {
                return AnotherSends;
            }

            if (outcomes.All(outcome => outcome is WriteOutcome.Postponed))
            {
                return NoRoom;
            }
        }

        return Idle;
    }
}
