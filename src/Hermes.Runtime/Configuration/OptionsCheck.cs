using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Hermes.Runtime.Configuration;

/// <summary>Checks the data annotations of options.</summary>
internal static class OptionsCheck
{
    // The framework's own words speak of fields, and say nothing of what to do.
    public const string Missing = "The setting is missing.";

    /// <summary>Adds what is wrong with options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where they stand; a property's name is added to it.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        TOptions options, string path, ConfigurationErrors errors)
        where TOptions : class
    {
        foreach (var result in Results(options))
        {
            errors.Add(
                string.Join(", ", result.MemberNames.Select(member => $"{path}:{member}").DefaultIfEmpty(path)),
                result.ErrorMessage ?? "The value is not valid.",
                result.ErrorMessage == Missing ? "Set it." : "Correct the value.");
        }
    }

    /// <summary>What is wrong with options.</summary>
    public static IReadOnlyList<ValidationResult> Results<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        TOptions options)
        where TOptions : class
    {
        var wrong = PropertyResults(options).ToList();
        if (wrong.Count == 0 && options is IValidatableObject validatable)
            wrong.AddRange(validatable.Validate(ContextOf(options, typeof(TOptions).Name)));
        return wrong;
    }

    private static IEnumerable<ValidationResult> PropertyResults<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        TOptions options)
        where TOptions : class
    {
        foreach (var property in typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var context = ContextOf(options, property.Name);
            context.MemberName = property.Name;
            foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>(inherit: true))
            {
                // As the framework does: a value that is missing is not also out of range.
                if (attribute.GetValidationResult(property.GetValue(options), context) is { } result)
                {
                    yield return attribute is RequiredAttribute { ErrorMessage: null } ? new ValidationResult(Missing, [property.Name]) : result;
                    break;
                }
            }
        }
    }

    // The constructors with fewer parameters look for attributes on a type that trimming may have emptied.
    private static ValidationContext ContextOf(object options, string name) => new(options, name, serviceProvider: null, items: null);
}
