//! A value on its way into its shape.

use serde::de::Visitor;
use serde::{Deserializer, forward_to_deserialize_any};
use serde_json::Value;

use super::parts::{Elements, Members, Variant};
use super::{Place, Run, Stop};
use crate::checklist::near::nearest;
use crate::checklist::problem::{Fault, JsonType};

/// A value of which only objects are read as structs (serde would take a list, too). Without a
/// value the shape is filled with blanks, since the fault was noted already.
#[derive(Clone, Copy)]
pub(super) struct Strict<'de, 'p> {
    pub(super) given: Option<&'de Value>,
    pub(super) place: &'p Place<'p>,
    pub(super) run: &'p Run<'p>,
}

impl<'de> Strict<'de, '_> {
    pub(super) fn add(&self, fault: Fault) {
        self.run.add(self.place, fault);
    }

    /// Notes that a value of another type is expected, unless there is none.
    pub(super) fn wants(&self, wanted: JsonType) {
        self.wants_fields(wanted, &[]);
    }

    fn wants_fields(&self, wanted: JsonType, fields: &'static [&'static str]) {
        if let Some(given) = self.given {
            self.add(Fault::WrongType { wanted, given: type_of(given), fields });
        }
    }

    /// Returns the members of an object that is read as a struct: those that the struct has.
    fn members(&self, fields: &'static [&'static str]) -> Vec<(&'de str, Option<&'de Value>)> {
        let Some(Value::Object(given)) = self.given else {
            self.wants_fields(JsonType::Object, fields);
            return fields.iter().map(|field| (*field, None)).collect();
        };
        let mut members = Vec::with_capacity(given.len());
        for (name, value) in given {
            if fields.contains(&name.as_str()) {
                members.push((name.as_str(), Some(value)));
            } else if !self.run.is_full() {
                let step = super::Step::Member(name);
                let place = Place { above: Some(self.place), step };
                let near = nearest(name, fields).filter(|near| !given.contains_key(*near));
                self.run.add(&place, Fault::UnknownField { name: name.clone(), near });
            }
        }
        if !self.run.missing.is_empty() {
            let here = self.place.pointer();
            let missing = self.run.missing.iter().filter(|missing| missing.pointer == here);
            members.extend(missing.map(|missing| (missing.field, None)));
        }
        members
    }
}

fn type_of(value: &Value) -> JsonType {
    match value {
        Value::Null => JsonType::Null,
        Value::Bool(_) => JsonType::YesNo,
        Value::Number(number) if number.is_u64() => JsonType::WholeNumber,
        Value::Number(_) => JsonType::Number,
        Value::String(_) => JsonType::Text,
        Value::Array(_) => JsonType::List,
        Value::Object(_) => JsonType::Object,
    }
}

/// Defines the methods that read whole numbers, which are all alike.
macro_rules! whole_numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            self.deserialize_u64(visitor)
        }
    )*};
}

/// Defines the methods that read texts, which are all alike.
macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            self.deserialize_str(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Strict<'de, '_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.given {
            None | Some(Value::Null) => visitor.visit_unit(),
            Some(Value::Bool(value)) => visitor.visit_bool(*value),
            Some(Value::Number(_)) if self.whole().is_some() => self.deserialize_u64(visitor),
            Some(Value::Number(number)) => match number.as_i64() {
                Some(number) => visitor.visit_i64(number),
                None => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Some(Value::String(text)) => visitor.visit_borrowed_str(text),
            Some(Value::Array(_)) => self.deserialize_seq(visitor),
            Some(Value::Object(_)) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let value = self.given.and_then(Value::as_bool);
        if value.is_none() {
            self.wants(JsonType::YesNo);
        }
        visitor.visit_bool(value.unwrap_or_default())
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        if self.whole().is_none() {
            self.wants(JsonType::WholeNumber);
        }
        visitor.visit_u64(self.whole().unwrap_or_default())
    }

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u128
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let text = self.given.and_then(Value::as_str);
        if text.is_none() {
            self.wants(JsonType::Text);
        }
        visitor.visit_borrowed_str(text.unwrap_or_default())
    }

    texts! { deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.given {
            None | Some(Value::Null) => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let elements = self.given.and_then(Value::as_array);
        if elements.is_none() {
            self.wants(JsonType::List);
        }
        visitor.visit_seq(Elements::new(self, elements.map(Vec::as_slice).unwrap_or_default()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let members = self.given.and_then(Value::as_object);
        if members.is_none() {
            self.wants(JsonType::Object);
        }
        let members = members.into_iter().flatten();
        let members = members.map(|(name, value)| (name.as_str(), Some(value))).collect();
        visitor.visit_map(Members::new(self, members))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let members = Members::new(self, self.members(fields));
        visitor.visit_map(members).map_err(|stop| stop.at(self.place))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_enum(Variant { value: self, variants })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { f32 f64 bytes byte_buf unit unit_struct tuple tuple_struct }
}

impl Strict<'_, '_> {
    fn whole(&self) -> Option<u64> {
        self.given.and_then(Value::as_u64)
    }
}
