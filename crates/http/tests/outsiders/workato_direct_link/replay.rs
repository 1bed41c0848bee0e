//! The memory of used ids.

use std::time::Duration;

use super::{Partner, Refused};

impl Partner {
    /// Uses an id up: looked up and stored in one step.
    pub(super) async fn spend(&self, id: &str, iat: f64) -> Result<(), Refused> {
        let id = match self.way.0 {
            "ids-folded" => id.to_lowercase().split('\0').next().unwrap_or_default().to_owned(),
            "ids-cut-at-16" => id.chars().take(64 + 5 + 16).collect(),
            _ => id.to_owned(),
        };
        match self.way.0 {
            "race-of-20-ms" => {
                self.unused(&id)?;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            "none-of-many-at-once" => return self.alone(id, iat).await,
            _ => {}
        }
        let mut memory = self.memory.lock().unwrap();
        if self.way.is("memory-of-the-window") {
            memory.used.retain(|(_, until)| *until >= iat - 60.0);
        }
        if memory.used.iter().any(|(own, _)| *own == id) && !self.way.is("race-of-20-ms") {
            return Err("jti_reused");
        }
        memory.used.push_back((id, iat + 31.0));
        if self.way.is("last-three-ids") && memory.used.len() > 3 {
            memory.used.pop_front();
        }
        Ok(())
    }

    fn unused(&self, id: &str) -> Result<(), Refused> {
        let used = self.memory.lock().unwrap().used.iter().any(|(own, _)| own == id);
        if used { Err("jti_reused") } else { Ok(()) }
    }

    /// Two that wait at once both give way.
    async fn alone(&self, id: String, iat: f64) -> Result<(), Refused> {
        self.unused(&id)?;
        self.memory.lock().unwrap().waiting.push(id.clone());
        tokio::time::sleep(Duration::from_millis(20)).await;
        let mut memory = self.memory.lock().unwrap();
        let many = memory.waiting.iter().filter(|own| **own == id).count() > 1;
        memory.used.push_back((id, iat + 31.0));
        if many { Err("jti_reused") } else { Ok(()) }
    }
}
