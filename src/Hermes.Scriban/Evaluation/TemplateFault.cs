namespace Hermes.Scriban.Evaluation;

/// <summary>What a function of this package found wrong. Its message holds no value, and is shown with the place in the template.</summary>
internal sealed class TemplateFault(string reason) : Exception(reason);
