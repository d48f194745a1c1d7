using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Hermes.Tool.Configuration;

/// <summary>Reads a YAML file with the place of all that it holds. Anchors, aliases and <c>&lt;&lt;</c> are understood, tags of programs are not. Pure.</summary>
internal sealed class YamlSettings
{
    private const int Deepest = 64;
    private const string Merge = "<<";

    private readonly Dictionary<string, SettingNode> _anchors = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly string _text;
    private readonly ICollection<Finding> _findings;
    private readonly Parser _parser;

    private YamlSettings(string file, string text, ICollection<Finding> findings)
    {
        (_file, _text, _findings) = (file, text, findings);
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="file">How the file is called in messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>What the file holds; null if it holds nothing, or cannot be read and that is among the findings.</returns>
    public static SettingNode? Read(string file, string text, ICollection<Finding> findings) => new YamlSettings(file, text, findings).Read();

    private SettingNode? Read()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (!_parser.TryConsume<DocumentStart>(out _))
                return null;
            var root = Node(0);
            _parser.Consume<DocumentEnd>();
            if (_parser.TryConsume<DocumentStart>(out var another))
                Report(another.Start, "A second document begins here.", "Remove the line '---', or write the second document as a file of its own.");
            return root is TextNode { Text: null } ? null : root;
        }
        catch (YamlException wrong)
        {
            _findings.Add(YamlMistake.Explain(_file, _text, wrong.Start, wrong.Message));
        }
        catch (InvalidOperationException)
        {
            // The parser's own way of saying that a bracket is never closed.
            _findings.Add(YamlMistake.Explain(_file, _text, _parser.Current?.Start ?? Mark.Empty, "unclosed flow"));
        }

        return null;
    }

    private SettingNode Node(int depth)
    {
        if (depth > Deepest)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "nested too deeply");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Anchored(alias);
        var start = (NodeEvent)_parser.Current!;
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && !start.Tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
            Report(start.Start, $"The tag {start.Tag.Value} is unknown.", "Remove it. A secret is read from elsewhere by ${env:NAME}, ${file:/path} or ${cred:name}.");
        SettingNode node = start switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart => List(depth),
            _ => Map(depth),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = node;
        return node;
    }

    private TextNode Text(Scalar scalar)
    {
        _parser.MoveNext();
        var isNothing = scalar.IsPlainImplicit && scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new(PlaceOf(scalar.Start), isNothing ? null : scalar.Value);
    }

    private ListNode List(int depth)
    {
        var place = PlaceOf(_parser.Consume<SequenceStart>().Start);
        var items = new List<SettingNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new(place, items);
    }

    private MapNode Map(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var names = new SettingNames(_findings);
        var below = new List<NamedNode>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var name))
            {
                SkipStrangeName(start, depth);
                continue;
            }

            if (start.Style == MappingStyle.Flow && name.Value.StartsWith('%'))
                throw new YamlException(start.Start, start.End, YamlMistake.Template);
            var value = Node(depth + 1);
            if (name is { Value: Merge, Style: ScalarStyle.Plain })
                below.AddRange(Merged(value));
            else
                names.Add(new(name.Value, PlaceOf(name.Start), value));
        }

        names.AddBelow(below);
        return new(PlaceOf(start.Start), names.Items);
    }

    // {{ name }} without quotes is, to YAML, a section whose name is a section.
    private void SkipStrangeName(MappingStart start, int depth)
    {
        if (start.Style == MappingStyle.Flow && _parser.Current is MappingStart { Style: MappingStyle.Flow })
            throw new YamlException(start.Start, start.End, YamlMistake.Template);
        Report(_parser.Current!.Start, "The name of a setting is not a text.", "Write a name before the colon.");
        _ = Node(depth + 1);
        _ = Node(depth + 1);
    }

    private IEnumerable<NamedNode> Merged(SettingNode value)
    {
        switch (value)
        {
            case MapNode map:
                return map.Items;
            case ListNode list when list.Items.All(item => item is MapNode):
                return list.Items.Cast<MapNode>().SelectMany(map => map.Items).DistinctBy(item => item.Name, StringComparer.OrdinalIgnoreCase);
            default:
                _findings.Add(new(value.Place, "", "Only a section can be taken over by <<.", "Write the alias of a section, such as '<<: *common'."));
                return [];
        }
    }

    private SettingNode Anchored(AnchorAlias alias)
    {
        if (_anchors.TryGetValue(alias.Value.Value, out var node))
            return node;
        var near = _anchors.Count == 0 ? "" : $" The file has: {string.Join(", ", _anchors.Keys.Order(StringComparer.Ordinal).Select(name => "&" + name))}.";
        Report(
            alias.Start,
            $"There is no anchor &{alias.Value.Value} above.",
            $"Write it before the value that is meant; or put the text in quotes if it begins with a star.{near}");
        return new TextNode(PlaceOf(alias.Start), null);
    }

    private void Report(Mark at, string problem, string fix) => _findings.Add(new(PlaceOf(at), "", problem, fix));

    private SettingPlace PlaceOf(Mark at) => new(_file, (int)at.Line, (int)at.Column);
}
