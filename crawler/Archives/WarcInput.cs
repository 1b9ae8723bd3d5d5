using System.IO.Compression;
using System.Text;

namespace Surveillance.Crawler.Archives;

/// <summary>Reads lines and blocks of an archive, compressed member by member or not at all, through one bounded buffer.</summary>
internal sealed class WarcInput(Stream file) : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int LongestLineBytes = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private Stream? _content;
    private bool _compressed;
    private long _searchedTo;
    private int _start;
    private int _end;

    public void Dispose()
    {
        if (_compressed)
        {
            _content?.Dispose();
        }
    }

    /// <returns>Without its line break; cut after 64 KB; null at the end.</returns>
    /// <exception cref="InvalidDataException">The compressed data is damaged.</exception>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        while (await FillAsync(cancellationToken))
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = found < 0 ? _end - _start : found;
            line.Write(_buffer, _start, length);
            _start += found < 0 ? length : length + 1;
            if (found >= 0 || line.Length > LongestLineBytes)
            {
                return Text(line);
            }
        }

        return line.Length == 0 ? null : Text(line);
    }

    /// <returns>Fewer bytes than asked for at the end of the archive.</returns>
    /// <exception cref="InvalidDataException">The compressed data is damaged.</exception>
    public async ValueTask<byte[]> ReadAsync(int count, CancellationToken cancellationToken)
    {
        // Grown as it comes: what a record claims is not yet there.
        using var block = new MemoryStream(Math.Min(count, BufferBytes));
        while (block.Length < count && await FillAsync(cancellationToken))
        {
            var taken = (int)Math.Min(_end - _start, count - block.Length);
            block.Write(_buffer, _start, taken);
            _start += taken;
        }

        return block.ToArray();
    }

    /// <returns>How many bytes there were, at most as many as asked for.</returns>
    /// <exception cref="InvalidDataException">The compressed data is damaged.</exception>
    public async ValueTask<long> SkipAsync(long count, CancellationToken cancellationToken)
    {
        var left = count;
        while (left > 0 && await FillAsync(cancellationToken))
        {
            var taken = (int)Math.Min(_end - _start, left);
            _start += taken;
            left -= taken;
        }

        return count - left;
    }

    /// <summary>Goes to the next compressed member behind a damaged one.</summary>
    /// <returns>False where there is none, or the archive is not compressed.</returns>
    public bool TrySkipDamage()
    {
        if (!_compressed)
        {
            return false;
        }

        // The decoder reads ahead, so the search begins a buffer before; members before the damage are behind already.
        _content!.Dispose();
        var position = Math.Max(_searchedTo, file.Position - BufferBytes);
        _start = _end = 0;
        return SeekMember(position);
    }

    private bool SeekMember(long position)
    {
        file.Position = position;
        var (before, last) = (-1, -1);
        while (file.ReadByte() is >= 0 and var next)
        {
            if (before == 0x1F && last == 0x8B && next == 8)
            {
                _searchedTo = file.Position;
                file.Position -= 3;
                _content = Decompress();
                return true;
            }

            (before, last) = (last, next);
        }

        return false;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start < _end)
        {
            return true;
        }

        _content ??= Open();
        (_start, _end) = (0, await _content.ReadAsync(_buffer, cancellationToken));
        return _end > 0;
    }

    private Stream Open()
    {
        _compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return _compressed ? Decompress() : file;
    }

    private GZipStream Decompress() => new(file, CompressionMode.Decompress, leaveOpen: true);

    private static string Text(MemoryStream line) => Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
}
