using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>How one local attribute is made from a remote entry: a copy of one remote attribute, or a template.</summary>
internal abstract class AttributeMapping
{
    private protected AttributeMapping(string local, string text, ImmutableArray<string> variables)
    {
        Local = local;
        Text = text;
        Variables = variables;
    }

    /// <summary>The local attribute.</summary>
    public string Local { get; }

    /// <summary>The mapping as it was written.</summary>
    public string Text { get; }

    /// <summary>The remote attributes that it reads.</summary>
    public ImmutableArray<string> Variables { get; }

    /// <summary>Makes the mapping that a text says.</summary>
    /// <exception cref="TemplateException">It is a template that cannot be compiled.</exception>
    public static AttributeMapping Create(string local, string text, ITemplateEngine templates) =>
        templates.IsTemplate(text) ? new Computed(local, templates.Compile(text)) : new Copy(local, text);

    /// <summary>Computes the local value; not set if the mapping yields nothing.</summary>
    /// <exception cref="TemplateException">The template failed.</exception>
    public abstract Value Evaluate(Entry remote);

    /// <summary>Copies a remote attribute.</summary>
    internal sealed class Copy(string local, string remote) : AttributeMapping(local, remote, [remote])
    {
        public override Value Evaluate(Entry remote) => remote.Get(Text);
    }

    /// <summary>Evaluates a template over the whole remote entry.</summary>
    private sealed class Computed(string local, ITemplate template) : AttributeMapping(local, template.Text, [.. template.Variables])
    {
        public override Value Evaluate(Entry remote)
        {
            var variables = new Value[Variables.Length];
            for (var i = 0; i < variables.Length; i++)
                variables[i] = remote.TryGetValue(Variables[i], out var value) ? value : Value.Undefined;
            return WithoutNulls(template.Evaluate(variables));
        }

        private static Value WithoutNulls(Value value)
        {
            if (!value.IsSet)
                return Value.Null;
            if (value.Kind != ValueKind.List || value.AsList().All(item => item.IsSet))
                return value;
            return ValueList.Create(value.AsList().Where(item => item.IsSet));
        }
    }
}
