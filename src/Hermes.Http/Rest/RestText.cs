using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Http.Connection;

namespace Hermes.Http.Rest;

/// <summary>A template over the attributes of an entry and the id of its object.</summary>
internal sealed class RestText(ITemplate template)
{
    /// <summary>The name of the id in templates.</summary>
    public const string Id = "_ID";

    /// <summary>The names that it reads.</summary>
    public IReadOnlyList<string> Variables => template.Variables;

    /// <summary>What it yields. What is not set is null.</summary>
    /// <exception cref="HttpFaultException">It failed.</exception>
    public Value Evaluate(Entry entry, string? id)
    {
        var values = new Value[template.Variables.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = template.Variables[i] == Id ? id is null ? Value.Null : id : entry.Get(template.Variables[i]);
        try
        {
            return template.Evaluate(values);
        }
        catch (TemplateException failure)
        {
            throw new HttpFaultException($"A template of the target failed. {failure.Message}", FaultKind.Permanent, failure);
        }
    }
}
