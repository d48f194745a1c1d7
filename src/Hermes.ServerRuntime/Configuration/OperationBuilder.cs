using Hermes.Abstractions.Sources;
using Hermes.Diff.Model.Options;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>Describes in C# an operation of a data source.</summary>
public sealed class OperationBuilder
{
    private readonly OperationOptions _options;

    internal OperationBuilder(OperationOptions options) => _options = options;

    /// <summary>Adds something to the source.</summary>
    public OperationBuilder Add(string query) => Set(SourceOperationKind.Add, query);

    /// <summary>Modifies something in the source.</summary>
    public OperationBuilder Modify(string query) => Set(SourceOperationKind.Modify, query);

    /// <summary>Deletes something from the source.</summary>
    public OperationBuilder Delete(string query) => Set(SourceOperationKind.Delete, query);

    /// <summary>A value that the source binds into the query; it may be a template.</summary>
    public OperationBuilder Bind(string variable, string valueOrTemplate)
    {
        _options.Variables[variable] = valueOrTemplate;
        return this;
    }

    private OperationBuilder Set(SourceOperationKind kind, string query)
    {
        _options.Kind = kind;
        _options.Query = query;
        return this;
    }
}
