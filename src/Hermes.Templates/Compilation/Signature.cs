using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>The parameters of a filter, test, method or function, in order.</summary>
[CollectionBuilder(typeof(Signature), nameof(Create))]
internal sealed class Signature : IEnumerable<Parameter>
{
    private readonly ImmutableArray<Parameter> _parameters;

    private Signature(ImmutableArray<Parameter> parameters) => _parameters = parameters;

    public static Signature Create(ReadOnlySpan<Parameter> parameters) => new([.. parameters]);

    /// <summary>Assigns the arguments of a call to the parameters: one evaluator for each.</summary>
    /// <param name="callee">What is called, for error messages, such as <c>The filter 'replace'</c>.</param>
    /// <param name="arguments">The arguments as written.</param>
    /// <param name="position">Where the call stands.</param>
    /// <param name="compile">Compiles an argument.</param>
    /// <exception cref="TemplateFault">An argument is missing, unknown, or given twice.</exception>
    public ImmutableArray<Evaluator> Bind(string callee, CallArguments arguments, int position, Func<Expression, Evaluator> compile)
    {
        if (arguments.Positional.Length > _parameters.Length)
        {
            throw new TemplateFault(
                $"{callee} takes {Count(_parameters.Length)}, not {arguments.Positional.Length}",
                arguments.Positional[_parameters.Length].Position);
        }

        foreach (var named in arguments.Named)
        {
            var index = _parameters.ToList().FindIndex(parameter => parameter.Name == named.Name);
            if (index < 0)
                throw new TemplateFault($"{callee} has no argument '{named.Name}'; it has {this}", named.Position);
            if (index < arguments.Positional.Length)
                throw new TemplateFault($"The argument '{named.Name}' is given twice", named.Position);
        }

        return [.. _parameters.Select((parameter, index) => Argument(callee, arguments, position, parameter, index) is { } given
            ? compile(given)
            : Constants.Of(parameter.Default!.Value))];
    }

    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _parameters.IsEmpty
        ? "no arguments"
        : string.Join(", ", _parameters.Select(parameter => parameter.Default is null ? parameter.Name : $"[{parameter.Name}]"));

    private static Expression? Argument(string callee, CallArguments arguments, int position, Parameter parameter, int index)
    {
        if (index < arguments.Positional.Length)
            return arguments.Positional[index];
        var named = arguments.Named.FirstOrDefault(argument => argument.Name == parameter.Name)?.Value;
        return named is null && parameter.Default is null
            ? throw new TemplateFault($"{callee} needs the argument '{parameter.Name}'", position)
            : named;
    }

    private string Count(int count) => count switch
    {
        0 => "no argument",
        1 => $"one argument ({this})",
        _ => $"{count} arguments ({this})",
    };
}
