using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Embedded;

/// <summary>The index that needs no server: SQLite's full-text search in files of its own (docs/search.md). Several processes may share a folder.</summary>
/// <param name="folder">Made where it is missing; beside the records' file.</param>
/// <param name="store">Whose listings it holds.</param>
public sealed class EmbeddedListingIndex(string folder, StoreId store) : IListingIndex
{
    private const int ReadAtOnce = 500;

    private readonly IndexFolder _folder = new(folder, store);

    public string Name => "embedded";

    public Task<IndexStatus> OpenAsync(CancellationToken cancellationToken) => Answer(() => Read(null, (file, connection) => new IndexStatus(
        file.Name,
        IndexFile.SchemaVersion(connection),
        Prepared.Number(connection, "SELECT leads + others FROM tally")!.Value,
        _folder.Others(file.Name))));

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string? index, IReadOnlyList<IndexDocument> documents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Answer(() =>
        {
            var prepared = documents.Select(PreparedDocument.Of).ToList();
            cancellationToken.ThrowIfCancellationRequested();
            var postponed = Postponed(() => Write(index, writer =>
            {
                foreach (var (document, _) in prepared)
                {
                    if (document is not null)
                    {
                        writer.Write(document);
                    }
                }
            }));
            WriteOutcome written = new WriteOutcome.Written();
            return (IReadOnlyList<WriteOutcome>)[.. prepared.Select(one => one.Refused is { } reason ? new WriteOutcome.Rejected(reason) : postponed ?? written)];
        });
    }

    public Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answer(() => Read(null, (_, connection) =>
        {
            var reading = new IndexReading(connection, request.Query, cancellationToken);
            var places = reading.Next(request.After, request.Size + 1);
            return new SearchPage(
                [.. places.Take(request.Size).Select(reading.Document)], reading.Total, places.Count > request.Size ? places[request.Size - 1].ToCursor() : null);
        }));
    }

    public Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>> CountAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Answer(() => Read(null, (_, connection) => new IndexReading(connection, query, cancellationToken).Facets().InOrder()));
    }

    public async IAsyncEnumerable<IndexDocument> ReadAsync(SearchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        using var connection = await Answer(() => Opened(null).Connection);
        using var transaction = connection.BeginTransaction(deferred: true);
        var reading = await Answer(() => new IndexReading(connection, query, cancellationToken));
        SearchCursor? after = null;
        do
        {
            var places = await Answer(() => reading.Next(after, ReadAtOnce));
            foreach (var place in places)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return await Answer(() => reading.Document(place));
            }

            after = places.Count == ReadAtOnce ? places[^1].ToCursor() : null;
        }
        while (after is not null);
    }

    public async IAsyncEnumerable<IndexedVersion> VersionsAsync(string? index, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var connection = await Answer(() => Opened(index).Connection);
        using var transaction = connection.BeginTransaction(deferred: true);
        var after = "";
        while (true)
        {
            var versions = await Answer(() => Prepared.Query(
                connection, "SELECT id, version FROM listing WHERE id > ?1 ORDER BY id LIMIT 5000", row => new IndexedVersion(row.Text(0)!, row.Number(1)), after));
            foreach (var version in versions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return version;
            }

            if (versions.Count == 0)
            {
                yield break;
            }

            after = versions[^1].Id;
        }
    }

    public Task DeleteAsync(string? index, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Answer(() => Write(index, writer =>
        {
            foreach (var id in ids)
            {
                writer.Delete(id);
            }
        }));
    }

    /// <summary>What was written can be seen at once.</summary>
    public Task RefreshAsync(string? index, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string> CreateNextAsync(CancellationToken cancellationToken) => Answer(_folder.CreateNext);

    public Task SwitchAsync(string index, CancellationToken cancellationToken) => Answer(() =>
    {
        using (Opened(index).Connection)
        {
            _folder.File(index).Merge(cancellationToken);
        }

        _folder.Choose(index);
        return true;
    });

    public Task DropAsync(string index, CancellationToken cancellationToken) => Answer(() =>
    {
        if (_folder.Others(_folder.Chosen().Name).Contains(index))
        {
            _folder.File(index).Delete();
        }

        return true;
    });

    public Task<IReadOnlyList<string>> DropOldAsync(CancellationToken cancellationToken) => Answer(() =>
    {
        var others = _folder.Others(_folder.Chosen().Name);
        foreach (var name in others)
        {
            _folder.File(name).Delete();
        }

        return others;
    });

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(folder))
        {
            foreach (var name in _folder.Others(chosen: ""))
            {
                _folder.File(name).Close();
            }
        }

        return ValueTask.CompletedTask;
    }

    private T Read<T>(string? index, Func<IndexFile, SqliteConnection, T> read)
    {
        var (file, connection) = Opened(index);
        using (connection)
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            return read(file, connection);
        }
    }

    private bool Write(string? index, Action<IndexWriter> write)
    {
        while (true)
        {
            var (file, connection) = Opened(index);
            using (connection)
            {
                using var transaction = connection.BeginTransaction(deferred: false);

                // Who switches holds this lock too: once we have it, either the switch has been or it has to wait for us.
                if (index is not null || _folder.Chosen().Name == file.Name)
                {
                    var writer = new IndexWriter(connection);
                    write(writer);
                    writer.Finish();
                    transaction.Commit();
                    return true;
                }
            }
        }
    }

    private (IndexFile File, SqliteConnection Connection) Opened(string? index)
    {
        // The chosen one may be dropped between asking and opening, by a program that has switched to another.
        for (var attempt = 1; ; attempt++)
        {
            var file = index is null ? _folder.Chosen() : _folder.File(index);
            try
            {
                return (file, file.Open());
            }
            catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_CANTOPEN && !file.Exists)
            {
                if (index is not null || attempt == 3)
                {
                    throw new SearchUnusableException($"the search index {file.Name} is not in {folder}: run reindex", error);
                }
            }
        }
    }

    /// <returns>Null where it was done.</returns>
    private static WriteOutcome.Postponed? Postponed(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL)
        {
            return new WriteOutcome.Postponed(error.Message);
        }
    }

    /// <summary>SQLite computes where it is called; its failures become those of the contract.</summary>
    private Task<T> Answer<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM)
        {
            throw new SearchUnavailableException($"the search index in {folder} can't be used for now: {error.Message}", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException
            || error is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM })
        {
            throw new SearchUnusableException($"the search index in {folder} can't be used: {error.Message}", error);
        }
    }
}
