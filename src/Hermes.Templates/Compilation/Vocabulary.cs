using System.Collections.Frozen;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Filters;
using Hermes.Templates.Functions;
using Hermes.Templates.Methods;
using Hermes.Templates.Operators;
using Hermes.Templates.Tests;

namespace Hermes.Templates.Compilation;

/// <summary>
/// The filters, tests, methods and functions that a template may name. A filter of the host replaces a built-in one of its name. Each table is made when the first template
/// needs it: most templates name nothing.
/// </summary>
internal sealed class Vocabulary
{
    private static readonly Lazy<FrozenDictionary<string, IFilter>> BuiltInFilters = new(() => Filter.All.ToFrozenDictionary(filter => filter.Name));
    private static readonly Lazy<FrozenDictionary<string, Test>> Tests = new(() => Test.All.ToFrozenDictionary(test => test.Name));
    private static readonly Lazy<FrozenDictionary<string, Function>> Functions = new(() => Function.All.ToFrozenDictionary(function => function.Name));
    private static readonly Lazy<ILookup<string, Method>> Methods = new(() => Method.All.ToLookup(method => method.Name));

    /// <summary>Functions of Python that are filters here under another name.</summary>
    private static readonly Dictionary<string, string> PythonFunctions = new(StringComparer.Ordinal)
    {
        ["len"] = "length",
        ["str"] = "string",
        ["sorted"] = "sort",
        ["reversed"] = "reverse",
        ["set"] = "unique",
    };

    private readonly Dictionary<string, IFilter> _ownFilters = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A filter's name is no name, or is given twice.</exception>
    public Vocabulary(IEnumerable<IAttributeFilter> filters)
    {
        foreach (var filter in filters)
        {
            if (!IsName(filter.Name))
                throw new ArgumentException($"'{filter.Name}' is no name for a filter: use letters, digits and '_'.", nameof(filters));
            if (!_ownFilters.TryAdd(filter.Name, new CustomFilter(filter)))
                throw new ArgumentException($"There are two filters named '{filter.Name}'.", nameof(filters));
        }
    }

    private IEnumerable<string> FilterNames => _ownFilters.Keys.Union(BuiltInFilters.Value.Keys);

    public IFilter FilterNamed(string name, int position) =>
        _ownFilters.TryGetValue(name, out var filter) || BuiltInFilters.Value.TryGetValue(name, out filter)
            ? filter
            : throw Unknown("filter", name, FilterNames, position);

    public Test TestNamed(string name, int position) =>
        Tests.Value.TryGetValue(name, out var test) ? test : throw Unknown("test", name, Tests.Value.Keys, position);

    public Function FunctionNamed(string name, int position) => Functions.Value.TryGetValue(name, out var function) ? function
        : IsFilterName(name) ? throw IsFilter(name, name, position)
        : PythonFunctions.TryGetValue(name, out var filter) ? throw IsFilter(name, filter, position)
        : throw Unknown("function", name, Functions.Value.Keys, position);

    public IReadOnlyList<Method> MethodsNamed(string name, int position) => Methods.Value.Contains(name)
        ? [.. Methods.Value[name]]
        : IsFilterName(name) ? throw IsFilter(name, name, position)
        : throw Unknown("method", name, Methods.Value.Select(group => group.Key), position);

    /// <summary>A text, a number, a list or a date was asked for a member that it has not: perhaps a method or a filter was meant.</summary>
    public TemplateFault NoMember(Value target, string name)
    {
        var reason = $"{Kinds.Describe(target)} has no member '{name}'";
        if (target.Kind == ValueKind.DateTime)
            return new TemplateFault($"{reason}; it has {string.Join(", ", DateTimeMembers.Names)}");
        var methods = Method.All.Where(method => method.Kind == target.Kind).Select(method => method.Name).ToHashSet();
        var close = Similar(name, methods.Concat(FilterNames).Concat(PythonFunctions.Keys));
        var written = close is null ? [] : new[]
        {
            methods.Contains(close) ? $"'{close}()'" : null,
            IsFilterName(close) ? $"'| {close}'" : PythonFunctions.TryGetValue(close, out var filter) ? $"'| {filter}'" : null,
        };
        var hint = string.Join(" or ", written.Where(way => way is not null));
        return new TemplateFault(hint.Length > 0 ? $"{reason}; did you mean {hint}?" : reason);
    }

    private bool IsFilterName(string name) => _ownFilters.ContainsKey(name) || BuiltInFilters.Value.ContainsKey(name);

    private static TemplateFault IsFilter(string name, string filter, int position) =>
        new($"'{name}' is {(name == filter ? "a filter" : "no function")}: write 'value | {filter}'", position);

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => letter == '_' || char.IsAsciiLetterOrDigit(letter));

    private static TemplateFault Unknown(string what, string name, IEnumerable<string> known, int position)
    {
        var similar = Similar(name, known);
        var reason = $"There is no {what} '{name}'";
        return new TemplateFault(similar is null ? reason : $"{reason}; did you mean '{similar}'?", position);
    }

    private static string? Similar(string name, IEnumerable<string> known) =>
        known.Select(candidate => (candidate, distance: Spelling.Distance(candidate, name)))
            .Where(item => item.distance <= name.Length / 3 || (item.distance == 1 && name.Length > 1))
            .OrderBy(item => item.distance).ThenBy(item => item.candidate, StringComparer.Ordinal)
            .Select(item => item.candidate)
            .FirstOrDefault();
}

/// <summary>How far two names are apart, to suggest what was meant.</summary>
internal static class Spelling
{
    /// <summary>How many letters must be added, removed or changed to make one of the other.</summary>
    public static int Distance(string left, string right)
    {
        // A long name is no misspelling, and must not cost a large table.
        if (Math.Abs(left.Length - right.Length) > 8 || right.Length > 64)
            return int.MaxValue;
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}
