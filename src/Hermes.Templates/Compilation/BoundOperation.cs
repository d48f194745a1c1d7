using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>A filter, method or function with its compiled arguments.</summary>
internal sealed record BoundOperation(Operation Operation, ImmutableArray<Evaluator> Arguments)
{
    /// <summary>The evaluator that applies this to an input. The arguments are evaluated after the input, each once.</summary>
    public Evaluator ApplyTo(Evaluator input, Expression place)
    {
        var operation = Operation;
        switch (Arguments)
        {
            case []:
                return (ref frame, variables) =>
                {
                    var value = input(ref frame, variables);
                    frame.Current = place;
                    return operation(ref frame, value, []);
                };
            case [var argument]:
                return (ref frame, variables) =>
                {
                    var value = input(ref frame, variables);
                    var given = argument(ref frame, variables);
                    frame.Current = place;
                    return operation(ref frame, value, new ReadOnlySpan<Value>(in given));
                };
            case { Length: <= ArgumentBuffer.Capacity }:
                return Few(input, place);
            default:
                return Many(input, place);
        }
    }

    private Evaluator Few(Evaluator input, Expression place)
    {
        var operation = Operation;
        var arguments = Arguments;
        return (ref frame, variables) =>
        {
            var value = input(ref frame, variables);
            var buffer = default(ArgumentBuffer);
            Span<Value> given = buffer;
            for (var i = 0; i < arguments.Length; i++)
                given[i] = arguments[i](ref frame, variables);
            frame.Current = place;
            return operation(ref frame, value, given[..arguments.Length]);
        };
    }

    private Evaluator Many(Evaluator input, Expression place)
    {
        var operation = Operation;
        var arguments = Arguments;
        return (ref frame, variables) =>
        {
            var value = input(ref frame, variables);
            var given = new Value[arguments.Length];
            for (var i = 0; i < given.Length; i++)
                given[i] = arguments[i](ref frame, variables);
            frame.Current = place;
            return operation(ref frame, value, given);
        };
    }

    /// <summary>Room for arguments on the stack.</summary>
    [InlineArray(Capacity)]
    private struct ArgumentBuffer
    {
        public const int Capacity = 6;

        private Value _first;
    }
}
