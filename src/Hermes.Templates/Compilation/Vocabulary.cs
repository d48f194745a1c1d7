using System.Collections.Frozen;
using Hermes.Abstractions.Templates;
using Hermes.Templates.Filters;
using Hermes.Templates.Functions;
using Hermes.Templates.Methods;
using Hermes.Templates.Tests;

namespace Hermes.Templates.Compilation;

/// <summary>
/// The filters, tests, methods and functions that a template may name. A filter of the host replaces a built-in one of its name.
/// </summary>
internal sealed class Vocabulary
{
    private static readonly FrozenDictionary<string, IFilter> BuiltInFilters = Filter.All.ToFrozenDictionary(filter => filter.Name);
    private static readonly FrozenDictionary<string, Test> Tests = Test.All.ToFrozenDictionary(test => test.Name);
    private static readonly FrozenDictionary<string, Function> Functions = Function.All.ToFrozenDictionary(function => function.Name);
    private static readonly ILookup<string, Method> Methods = Method.All.ToLookup(method => method.Name);

    private readonly FrozenDictionary<string, IFilter> _filters;

    /// <exception cref="ArgumentException">A filter's name is no name, or is given twice.</exception>
    public Vocabulary(IEnumerable<IAttributeFilter> filters)
    {
        var all = new Dictionary<string, IFilter>(BuiltInFilters);
        var own = new HashSet<string>();
        foreach (var filter in filters)
        {
            if (!IsName(filter.Name))
                throw new ArgumentException($"'{filter.Name}' is no name for a filter: use letters, digits and '_'.", nameof(filters));
            if (!own.Add(filter.Name))
                throw new ArgumentException($"There are two filters named '{filter.Name}'.", nameof(filters));
            all[filter.Name] = new CustomFilter(filter);
        }

        _filters = all.ToFrozenDictionary();
    }

    public IFilter FilterNamed(string name, int position) =>
        _filters.TryGetValue(name, out var filter) ? filter : throw Unknown("filter", name, _filters.Keys, position);

    public Test TestNamed(string name, int position) =>
        Tests.TryGetValue(name, out var test) ? test : throw Unknown("test", name, Tests.Keys, position);

    public Function FunctionNamed(string name, int position) => Functions.TryGetValue(name, out var function) ? function
        : _filters.ContainsKey(name) ? throw new TemplateFault($"'{name}' is a filter: write 'value | {name}'", position)
        : throw Unknown("function", name, Functions.Keys, position);

    public IReadOnlyList<Method> MethodsNamed(string name, int position) => Methods.Contains(name)
        ? [.. Methods[name]]
        : throw Unknown("method", name, Methods.Select(group => group.Key), position);

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => letter == '_' || char.IsAsciiLetterOrDigit(letter));

    private static TemplateFault Unknown(string what, string name, IEnumerable<string> known, int position)
    {
        var similar = known.Select(candidate => (candidate, distance: Spelling.Distance(candidate, name)))
            .Where(item => item.distance <= Math.Max(1, name.Length / 3))
            .OrderBy(item => item.distance).ThenBy(item => item.candidate, StringComparer.Ordinal)
            .Select(item => item.candidate)
            .FirstOrDefault();
        var reason = $"There is no {what} '{name}'";
        return new TemplateFault(similar is null ? reason : $"{reason}; did you mean '{similar}'?", position);
    }
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
