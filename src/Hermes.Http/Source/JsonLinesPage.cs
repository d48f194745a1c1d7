namespace Hermes.Http.Source;

/// <summary>A page of one JSON item per line.</summary>
internal sealed class JsonLinesPage(ReadOnlyMemory<byte> utf8, ItemColumns columns) : Page
{
    public override IEnumerable<Item> Items()
    {
        var rest = utf8;
        for (var number = 0; rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? ReadOnlyMemory<byte>.Empty : rest[(end + 1)..];
            if (line.Span.Trim(" \t\r"u8).Length == 0)
                continue;
            using var document = JsonText.Parse(line, $"Its item {++number}");
            yield return columns.Read(document.RootElement, number);
        }
    }
}
