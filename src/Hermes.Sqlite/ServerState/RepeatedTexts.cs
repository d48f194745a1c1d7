using System.Text;

namespace Hermes.Sqlite.ServerState;

/// <summary>Makes texts of which there are only a few, once each, however often they are read.</summary>
internal sealed class RepeatedTexts
{
    private readonly List<(byte[] Bytes, string Text)> _known = [];

    public string Get(ReadOnlySpan<byte> bytes)
    {
        foreach (var (known, text) in _known)
        {
            if (bytes.SequenceEqual(known))
                return text;
        }

        var added = Encoding.UTF8.GetString(bytes);
        _known.Add((bytes.ToArray(), added));
        return added;
    }
}
