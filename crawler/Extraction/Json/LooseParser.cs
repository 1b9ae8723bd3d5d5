using System.Text;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>Reads JSON and what sites ship in its place: JavaScript literals, Python's repr, trailing commas, comments.</summary>
/// <remarks>Linear, bounded in depth and number of values. What it cannot read ends the value there; what was read until then stands.</remarks>
internal sealed class LooseParser
{
    private const int MaxDepth = 200;
    private const int MaxValues = 2_000_000;

    private readonly string _text;
    private int _position;
    private int _values;

    private readonly IReadOnlyDictionary<string, LooseValue>? _names;

    /// <param name="names">What bare names stand for, as the parameters of a function do; null where they stand for nothing.</param>
    public LooseParser(string text, int start, IReadOnlyDictionary<string, LooseValue>? names = null) => (_text, _position, _names) = (text, start, names);

    /// <summary>Where reading stopped.</summary>
    public int Position => _position;

    /// <summary>False once something was met that no JSON-like document holds.</summary>
    public bool IsSound { get; private set; } = true;

    public LooseValue Read() => Value(0);

    /// <summary>The arguments of a call, from after its opening bracket to its closing one.</summary>
    public IReadOnlyList<LooseValue> ReadArguments()
    {
        var values = new List<LooseValue>();
        while (IsSound)
        {
            SkipSeparators();
            if (_position >= _text.Length || _text[_position] == ')')
            {
                _position++;
                break;
            }

            values.Add(Value(1));
        }

        return values;
    }

    private LooseValue Value(int depth)
    {
        SkipBlank();
        if (_position >= _text.Length || depth > MaxDepth || ++_values > MaxValues)
        {
            return Broken();
        }

        var c = _text[_position];
        return c switch
        {
            '{' => Record(depth),
            '[' => List(depth),
            '"' or '\'' or '`' => LooseValue.OfText(Quoted(c)),
            '(' or '!' when depth > 0 && !IsNegated() => Expression(),
            _ => Word(depth),
        };
    }

    /// <summary>Minifiers write true as !0.</summary>
    private bool IsNegated() => _text[_position] == '!' && _position + 1 < _text.Length && _text[_position + 1] is '0' or '1';

    private LooseValue Record(int depth)
    {
        _position++;
        var members = new List<KeyValuePair<string, LooseValue>>();
        while (IsSound)
        {
            SkipSeparators();
            if (_position >= _text.Length || _text[_position] == '}')
            {
                _position++;
                break;
            }

            var c = _text[_position];
            var name = c is '"' or '\'' ? Quoted(c) : BareName();
            SkipBlank();
            if (_position >= _text.Length || _text[_position] != ':')
            {
                Broken();
                break;
            }

            _position++;
            members.Add(new(name, Value(depth + 1)));
        }

        return LooseValue.OfRecord(members);
    }

    private LooseValue List(int depth)
    {
        _position++;
        var items = new List<LooseValue>();
        while (IsSound)
        {
            SkipSeparators();
            if (_position >= _text.Length || _text[_position] == ']')
            {
                _position++;
                break;
            }

            items.Add(Value(depth + 1));
        }

        return LooseValue.OfList(items);
    }

    private LooseValue Word(int depth)
    {
        var start = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '.' or '+' or '-' or '_' or '$' or '!'))
        {
            _position++;
        }

        var word = _text.AsSpan(start, _position - start);
        if (word.IsEmpty)
        {
            return Broken();
        }

        var value = word switch
        {
            "true" or "True" or "!0" => LooseValue.OfTruth(true),
            "false" or "False" or "!1" => LooseValue.OfTruth(false),
            _ when char.IsAsciiDigit(word[0]) || (word[0] is '-' or '+' or '.' && word.Length > 1) => LooseValue.OfNumber(word.ToString()),
            _ when _names is not null && _names.TryGetValue(word.ToString(), out var named) => named,
            _ => LooseValue.Nothing,
        };
        SkipBlank();
        var ends = _position >= _text.Length || _text[_position] is ',' or '}' or ']' or ')' or ':' or ';';
        return ends || depth == 0 ? value : Expression();
    }

    /// <summary>Passes over what is code, not data: a call, a function, a condition. What it comes to is unknown.</summary>
    private LooseValue Expression()
    {
        var open = 0;
        for (; _position < _text.Length; _position++)
        {
            switch (_text[_position])
            {
                case '(' or '[' or '{':
                    open++;
                    break;
                case ')' or ']' or '}' when open > 0:
                    open--;
                    break;
                case ',' when open == 0:
                case ')' or ']' or '}':
                    return LooseValue.Nothing;
                case '"' or '\'' or '`':
                    _ = Quoted(_text[_position]);
                    _position--;
                    break;
            }
        }

        return Broken();
    }

    private string BareName()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '_' or '$' or '-' or '.'))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private string Quoted(char quote)
    {
        var start = ++_position;
        var special = _text.AsSpan(start).IndexOfAny(quote, '\\');
        if (special >= 0 && _text[start + special] == quote)
        {
            _position = start + special + 1;
            return _text.Substring(start, special);
        }

        var builder = new StringBuilder();
        while (_position < _text.Length && _text[_position] != quote)
        {
            builder.Append(_text[_position] == '\\' ? Escaped() : _text[_position++]);
        }

        _position++;
        return builder.ToString();
    }

    private char Escaped()
    {
        var code = _position + 1 < _text.Length ? _text[_position + 1] : '\\';
        _position = Math.Min(_position + 2, _text.Length);
        return code switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' or 'f' or '\n' => ' ',
            'u' => Hexadecimal(4),
            'x' => Hexadecimal(2),
            _ => code,
        };
    }

    private char Hexadecimal(int digits)
    {
        if (_position + digits <= _text.Length
            && ushort.TryParse(_text.AsSpan(_position, digits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value))
        {
            _position += digits;
            return (char)value;
        }

        return '\uFFFD';
    }

    private void SkipSeparators()
    {
        do
        {
            SkipBlank();
        }
        while (_position < _text.Length && _text[_position] == ',' && _position++ >= 0);
    }

    private void SkipBlank()
    {
        while (_position < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_position]) || _text[_position] == '\uFEFF')
            {
                _position++;
            }
            else if (_text[_position] == '/' && _position + 1 < _text.Length && _text[_position + 1] is ('*' or '/'))
            {
                var end = _text[_position + 1] == '*' ? "*/" : "\n";
                var close = _text.IndexOf(end, _position + 2, StringComparison.Ordinal);
                _position = close < 0 ? _text.Length : close + end.Length;
            }
            else
            {
                return;
            }
        }
    }

    private LooseValue Broken()
    {
        IsSound = false;
        return LooseValue.Nothing;
    }
}
