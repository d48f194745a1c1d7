namespace Hermes.Tool.Import;

/// <summary>A data type of a client, while it is written.</summary>
internal sealed class ImportedType(string name, PythonSection section)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Where it stood.</summary>
    public PythonSection Section => section;

    /// <summary>The type of the server.</summary>
    public string? From { get; init; }

    /// <summary>How its entries are shown.</summary>
    public string? ToStringTemplate { get; init; }

    /// <summary>What its attributes are made from, in their order.</summary>
    public OrderedDictionary<string, string> Mapping { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the target has nothing to do with it.</summary>
    public bool IsLeftOut { get; private set; }

    /// <summary>Leaves it out.</summary>
    public void LeaveOut(string problem, string fix)
    {
        IsLeftOut = true;
        section.Note("", problem, fix);
    }

    /// <summary>The type as a section of ours.</summary>
    public ImportedSection ToSection()
    {
        var mapping = new ImportedSection();
        foreach (var (attribute, text) in Mapping)
            mapping.Set(attribute, text);
        return new ImportedSection().Set("Name", name).Set("From", From).Set("ToString", ToStringTemplate).Set("Mapping", mapping);
    }
}
