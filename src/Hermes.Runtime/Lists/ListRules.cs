namespace Hermes.Runtime.Lists;

/// <summary>What can be asked of a list.</summary>
/// <param name="Name">What people call it, such as <c>the error queue</c>.</param>
/// <param name="Fields">What its items have.</param>
internal sealed record ListRules(string Name, ListFields Fields)
{
    /// <summary>The names of the kinds that its items have.</summary>
    public string[] Kinds { get; init; } = [];

    /// <summary>The names of the states that its items have.</summary>
    public string[] States { get; init; } = [];

    /// <exception cref="ArgumentException">The list does not have what the query asks for.</exception>
    public void Check(ListQuery query)
    {
        if (query.Size is < 1 or > ListQuery.MaxSize)
            throw new ArgumentException($"A page has 1 to {ListQuery.MaxSize} items; {query.Size} were asked for.");
        Check(query.Filter);
    }

    /// <exception cref="ArgumentException">The list does not have what the filter names.</exception>
    public void Check(ListFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Require(ListFields.Type, filter.Type is not null, "types");
        Require(ListFields.Key, filter.Key is not null || filter.KeyPrefix is not null, "keys");
        Require(ListFields.Text, filter.Text is not null, "messages");
        Require(ListFields.Time, filter.From is not null || filter.Until is not null, "times");
        Require(ListFields.Group, filter.Group is not null, "groups");
        RequireName(Kinds, filter.Kind, "kinds");
        RequireName(States, filter.State, "states");
    }

    private void Require(ListFields field, bool isNamed, string what)
    {
        if (isNamed && !Fields.HasFlag(field))
            throw new ArgumentException($"{Name} has no {what} to ask for.");
    }

    private void RequireName(string[] known, string? name, string what)
    {
        if (name is not null && !known.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException(known.Length == 0 ? $"{Name} has no {what} to ask for." : $"{Name} has no '{name}' among its {what}: {string.Join(", ", known)}.");
    }
}
