using Hermes.Abstractions.Data;

namespace Hermes.Templates.Evaluation;

/// <summary>A compiled expression.</summary>
/// <param name="frame">Where the evaluation stands and what it may still cost.</param>
/// <param name="variables">The variables, in the order of <see cref="Abstractions.Templates.ITemplate.Variables"/>.</param>
internal delegate Value Evaluator(ref Frame frame, ReadOnlySpan<Value> variables);

/// <summary>What a filter, method or function does with its input and one value per parameter.</summary>
internal delegate Value Operation(ref Frame frame, Value input, ReadOnlySpan<Value> arguments);

/// <summary>What a test says of its input and one value per parameter.</summary>
internal delegate bool Predicate(ref Frame frame, Value input, ReadOnlySpan<Value> arguments);
