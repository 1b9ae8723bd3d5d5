using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;

namespace Surveillance.Api.Storage;

/// <summary>Lets many callers write at once at the price of one: what waits while a transaction is being written goes into the next one together.</summary>
/// <remarks>
/// Thread safe. SQLite has one writer, and each transaction costs a sync to disk. Without this a hundred workers would poll for the lock, each
/// holding a thread, and pay that price each. A piece of work that fails is undone alone: the others of its transaction are then done once more, each in
/// one of its own. For that nothing is noted down while all goes well; a savepoint for each would write what stood on every page before, again and again.
/// </remarks>
internal sealed class GroupCommit(Database database)
{
    /// <summary>So that nobody waits long for the others.</summary>
    private const int MostTogether = 64;

    private readonly Lock _lock = new();
    private readonly Queue<Piece> _waiting = new();
    private bool _isWriting;

    /// <summary>Runs the work in a transaction, and returns once that is durable.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        T? result = default;
        var piece = new Piece((connection, transaction) => result = work(connection, transaction));

        // Once it waits it will be written, so from here on it is not cancelled.
        if (IsFirst(piece) || await piece.IsTurn)
        {
            Write();
            PassOn();
        }

        piece.ThrowIfFailed();
        return result!;
    }

    private bool IsFirst(Piece piece)
    {
        lock (_lock)
        {
            _waiting.Enqueue(piece);
            var isFirst = !_isWriting;
            _isWriting = true;
            return isFirst;
        }
    }

    /// <summary>Whoever waits longest writes next, for all who wait by then.</summary>
    private void PassOn()
    {
        lock (_lock)
        {
            if (_waiting.TryPeek(out var next))
            {
                next.Wake(isTurn: true);
            }
            else
            {
                _isWriting = false;
            }
        }
    }

    private void Write()
    {
        var pieces = Take();
        if (!TryWrite(pieces))
        {
            pieces.ForEach(piece => TryWrite([piece]));
        }

        pieces.ForEach(piece => piece.Wake(isTurn: false));
    }

    /// <returns>False where one of several failed: then nothing stands, and each is to be written alone.</returns>
    private bool TryWrite(List<Piece> pieces)
    {
        var isWorking = false;
        try
        {
            database.Write((connection, transaction) =>
            {
                isWorking = true;
                pieces.ForEach(piece => piece.Work(connection, transaction));
                isWorking = false;
                return true;
            });
            return true;
        }
        catch (Exception error)
        {
            if (isWorking && pieces.Count > 1)
            {
                return false;
            }

            // Nothing of this transaction stands: each of its callers is told, on its own thread.
            pieces.ForEach(piece => piece.Fail(error));
            return true;
        }
    }

    private List<Piece> Take()
    {
        lock (_lock)
        {
            var pieces = new List<Piece>();
            while (pieces.Count < MostTogether && _waiting.TryDequeue(out var piece))
            {
                pieces.Add(piece);
            }

            return pieces;
        }
    }

    private sealed class Piece(Action<SqliteConnection, SqliteTransaction> work)
    {
        private readonly TaskCompletionSource<bool> _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ExceptionDispatchInfo? _failure;

        public Action<SqliteConnection, SqliteTransaction> Work => work;

        /// <summary>True when this one's caller is to write; false when another has written it.</summary>
        public Task<bool> IsTurn => _woken.Task;

        public void Wake(bool isTurn) => _woken.TrySetResult(isTurn);

        public void Fail(Exception error) => _failure ??= ExceptionDispatchInfo.Capture(error);

        public void ThrowIfFailed() => _failure?.Throw();
    }
}
